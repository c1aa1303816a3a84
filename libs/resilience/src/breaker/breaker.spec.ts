import { Breaker } from './breaker';
import { BreakerOpenError } from './breaker-open.error';

const WINDOW_MS = 60_000;
const MAX_FAILURES = 5;

class Down extends Error {}
class Refused extends Error {}

// Fake: the clock and what is called.
describe('a breaker', () => {
  let nowMs: number;
  let breaker: Breaker;
  let events: string[];
  const { signal } = new AbortController();

  beforeEach(() => {
    nowMs = 1_000_000;
    events = [];
    breaker = new Breaker({
      maxFailures: MAX_FAILURES,
      windowMs: WINDOW_MS,
      isFailure: (error) => error instanceof Down,
      clock: { now: () => nowMs },
    });
    breaker.on('opened', () => events.push('opened'));
    breaker.on('closed', () => events.push('closed'));
  });

  const works = () => breaker.execute(() => Promise.resolve('well'), signal);
  const fails = (error: Error = new Down()) =>
    expect(breaker.execute(() => Promise.reject(error), signal)).rejects.toBe(error);
  const isRefused = () => expect(works()).rejects.toBeInstanceOf(BreakerOpenError);

  async function open(): Promise<void> {
    for (let failure = 0; failure < MAX_FAILURES; failure++) await fails();
  }

  it('opens at exactly the limit', async () => {
    for (let failure = 1; failure < MAX_FAILURES; failure++) await fails();
    expect(breaker.current).toBe('closed');
    expect(await works()).toBe('well');
    await fails();
    expect(breaker.current).toBe('open');
    expect(events).toEqual(['opened']);
    await isRefused();
  });

  it('says how long it stays open, and calls nobody meanwhile', async () => {
    await open();
    nowMs += 20_000;
    const call = jest.fn();
    await expect(breaker.execute(call, signal)).rejects.toMatchObject({ retryAfterMs: 40_000 });
    expect(call).not.toHaveBeenCalled();
  });

  it('forgets failures that are older than the window', async () => {
    for (let failure = 1; failure < MAX_FAILURES; failure++) await fails();
    expect(breaker.isIdle).toBe(false);
    nowMs += WINDOW_MS;
    expect(breaker.isIdle).toBe(true);
    await fails();
    expect(breaker.current).toBe('closed');
  });

  it('does not open because it is refused, however often', async () => {
    for (let refusal = 0; refusal < 3 * MAX_FAILURES; refusal++) await fails(new Refused());
    expect(breaker.current).toBe('closed');
  });

  it.each([
    ['works', 'closed'],
    ['is refused', 'closed'],
    ['fails', 'open'],
  ] as const)('lets one call probe after that: when it %s it is %s', async (how, then) => {
    await open();
    nowMs += WINDOW_MS;
    let answer: () => void = () => undefined;
    const probe = breaker.execute(
      () =>
        new Promise<void>((resolve, reject) => {
          answer = () => {
            if (how === 'works') resolve();
            else reject(how === 'fails' ? new Down() : new Refused());
          };
        }),
      signal,
    );
    expect(breaker.current).toBe('probing');
    await isRefused();
    answer();
    await probe.catch(() => undefined);
    expect(breaker.current).toBe(then);
    expect(events).toEqual(['opened', then === 'open' ? 'opened' : 'closed']);
  });

  it('learns nothing from a probe whose caller left: the next call is one', async () => {
    await open();
    nowMs += WINDOW_MS;
    const caller = new AbortController();
    const probe = breaker.execute(() => {
      caller.abort();
      return Promise.reject(new Refused());
    }, caller.signal);
    await expect(probe).rejects.toBeInstanceOf(Refused);
    expect(breaker.current).toBe('open');
    expect(await works()).toBe('well');
    expect(breaker.current).toBe('closed');
  });

  it('is not opened twice by calls that were under way', async () => {
    const late = Array.from({ length: 3 * MAX_FAILURES }, () => fails());
    await Promise.all(late);
    expect(events).toEqual(['opened']);
  });

  it('begins nothing for a caller who has left', async () => {
    const call = jest.fn();
    await expect(breaker.execute(call, AbortSignal.abort())).rejects.toThrow();
    expect(call).not.toHaveBeenCalled();
  });
});
