import { EndpointBreaker } from './endpoint-breaker';

describe('EndpointBreaker', () => {
  let nowMs: number;
  let breaker: EndpointBreaker;
  beforeEach(() => {
    nowMs = 0;
    breaker = new EndpointBreaker({ now: () => nowMs });
  });

  it('lets everybody in as long as nothing fails', () => {
    expect([breaker.letsIn(), breaker.letsIn()]).toEqual([true, true]);
    expect(breaker.isTrusted).toBe(true);
  });

  it('lets nobody in for ten seconds after a failure, then one, and everybody once that went well', () => {
    breaker.failed();
    nowMs = 9_999;
    expect(breaker.letsIn()).toBe(false);
    nowMs = 10_000;
    expect([breaker.letsIn(), breaker.letsIn()]).toEqual([true, false]);
    expect(breaker.isTrusted).toBe(false);
    breaker.answered();
    expect([breaker.letsIn(), breaker.letsIn()]).toEqual([true, true]);
    expect(breaker.isTrusted).toBe(true);
  });

  it('rests twice as long each time, up to a minute', () => {
    const rests: number[] = [];
    breaker.failed();
    for (let turn = 0; turn < 5; turn++) {
      const restedAt = nowMs;
      while (!breaker.letsIn()) nowMs += 1_000;
      rests.push((nowMs - restedAt) / 1_000);
      breaker.failed();
    }
    expect(rests).toEqual([10, 20, 40, 60, 60]);
  });

  it('counts what fails together as one failure', () => {
    breaker.failed();
    nowMs = 5_000;
    breaker.failed();
    nowMs = 10_000;
    expect(breaker.letsIn()).toBe(true);
  });

  it('lets the next one try when the first gave up', () => {
    breaker.failed();
    nowMs = 10_000;
    breaker.letsIn();
    breaker.givenUp();
    expect(breaker.isTrusted).toBe(false);
    expect([breaker.letsIn(), breaker.letsIn()]).toEqual([true, false]);
  });
});
