import { EndpointBreaker } from './endpoint-breaker';

// Fake: the clock.
describe('EndpointBreaker', () => {
  let nowMs: number;
  let breaker: EndpointBreaker;
  let events: (string | number)[];
  beforeEach(() => {
    nowMs = 0;
    breaker = breakerAfter(1);
  });

  const breakerAfter = (maxFailures: number): EndpointBreaker => {
    const made = new EndpointBreaker({ maxFailures, clock: { now: () => nowMs } });
    events = [];
    made.on('rests', (restMs) => events.push(restMs));
    made.on('trusted', () => events.push('trusted'));
    return made;
  };
  const letIn = () => {
    const call = breaker.letIn();
    if (!call) throw new Error('it is left alone');
    return call;
  };
  const letsIn = (): boolean => breaker.letIn() !== null;

  it('lets everybody in as long as nothing fails', () => {
    expect([letsIn(), letsIn()]).toEqual([true, true]);
    expect(breaker.isTrusted).toBe(true);
  });

  it('lets nobody in for ten seconds after a failure, then one, and everybody once that went well', () => {
    letIn().failed();
    nowMs = 9_999;
    expect(letsIn()).toBe(false);
    nowMs = 10_000;
    const tried = letIn();
    expect(letsIn()).toBe(false);
    expect(breaker.isTrusted).toBe(false);
    tried.answered();
    expect([letsIn(), letsIn()]).toEqual([true, true]);
    expect(breaker.isTrusted).toBe(true);
    expect(events).toEqual([10_000, 'trusted']);
  });

  it('rests twice as long each time, up to a minute', () => {
    letIn().failed();
    for (let turn = 0; turn < 4; turn++) {
      const restedAt = nowMs;
      let call = breaker.letIn();
      for (; !call; call = breaker.letIn()) nowMs += 1_000;
      expect(nowMs - restedAt).toBe(events.at(-1));
      call.failed();
    }
    expect(events).toEqual([10_000, 20_000, 40_000, 60_000, 60_000]);
  });

  it('counts what fails together as one failure', () => {
    const [first, second] = [letIn(), letIn()];
    first.failed();
    nowMs = 5_000;
    second.failed();
    nowMs = 10_000;
    expect(letsIn()).toBe(true);
    expect(events).toEqual([10_000]);
  });

  it('learns nothing from what fails late, when it is tried or well again', () => {
    const late = [letIn(), letIn()];
    letIn().failed();
    nowMs = 10_000;
    const tried = letIn();
    late[0]?.failed(true);
    tried.answered();
    late[1]?.failed(true);
    expect(breaker.isTrusted).toBe(true);
  });

  it('lets the next one try when the first gave up', () => {
    letIn().failed();
    nowMs = 10_000;
    letIn().givenUp();
    expect(breaker.isTrusted).toBe(false);
    expect([letsIn(), letsIn()]).toEqual([true, false]);
  });

  it('lets another one try when the first tells nothing for two minutes', () => {
    letIn().failed();
    nowMs = 10_000;
    letIn();
    nowMs += 119_999;
    expect(letsIn()).toBe(false);
    nowMs += 1;
    expect(letsIn()).toBe(true);
  });

  it('is left alone only after so many failures in a row: an answer between them forgives', () => {
    breaker = breakerAfter(3);
    letIn().failed();
    letIn().failed();
    letIn().answered();
    letIn().failed();
    letIn().failed();
    expect(breaker.isTrusted).toBe(true);
    letIn().givenUp();
    letIn().failed();
    expect(events).toEqual([10_000]);
  });

  it('is left alone at once by a failure that is reason enough', () => {
    breaker = breakerAfter(3);
    letIn().failed(true);
    expect(letsIn()).toBe(false);
  });

  it('is trusted again when it answers somebody who insisted', () => {
    letIn().failed();
    breaker.insist().failed();
    expect(letsIn()).toBe(false);
    breaker.insist().answered();
    expect(letsIn()).toBe(true);
    expect(events).toEqual([10_000, 'trusted']);
  });
});
