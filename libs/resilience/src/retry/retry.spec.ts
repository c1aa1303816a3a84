import { backoffMs } from './backoff';
import { Retry } from './retry';

class Busy extends Error {
  constructor(readonly afterMs = 0) {
    super('busy');
  }
}

const retrying = (more: { baseMs?: number; longestWaitMs?: number } = {}) =>
  new Retry({
    maxAttempts: 3,
    baseMs: 1,
    longestWaitMs: 10_000,
    random: () => 0,
    retryAfterMs: (error) => (error instanceof Busy ? error.afterMs : null),
    ...more,
  });

// Real: everything, timers included.
describe('a retry', () => {
  const { signal } = new AbortController();

  it('tries as often as it says, and throws the last error unchanged', async () => {
    const errors = [new Busy(), new Busy(), new Busy()];
    const call = jest.fn<Promise<void>, []>();
    for (const error of errors) call.mockRejectedValueOnce(error);
    const policy = retrying();
    const told: number[] = [];
    policy.on('retry', (attempt) => told.push(attempt));
    await expect(policy.execute(call, signal)).rejects.toBe(errors[2]);
    expect(call).toHaveBeenCalledTimes(3);
    expect(told).toEqual([2, 3]);
  });

  it('tries nothing twice that nobody called passing', async () => {
    const call = jest.fn(() => Promise.reject(new Error('wrong')));
    await expect(retrying().execute(call, signal)).rejects.toThrow('wrong');
    expect(call).toHaveBeenCalledTimes(1);
  });

  it('gives up at once when it is asked to wait longer than it may', async () => {
    const call = jest.fn(() => Promise.reject(new Busy(10_001)));
    await expect(retrying().execute(call, signal)).rejects.toBeInstanceOf(Busy);
    expect(call).toHaveBeenCalledTimes(1);
  });

  it('ends its wait when the caller leaves', async () => {
    const caller = new AbortController();
    const call = jest.fn(() => Promise.reject(new Busy()));
    const policy = retrying({ baseMs: 9_000 });
    const running = policy.execute(call, caller.signal);
    policy.once('retry', () => {
      setImmediate(() => {
        caller.abort();
      });
    });
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect(call).toHaveBeenCalledTimes(1);
  });
});

describe('the wait before another attempt', () => {
  it('doubles, with half of it left to chance, up to an hour', () => {
    const least = (failures: number) => backoffMs(failures, { baseMs: 500, random: () => 0 });
    const most = (failures: number) => backoffMs(failures, { baseMs: 500, random: () => 1 });
    expect([1, 2, 3].map(least)).toEqual([250, 500, 1_000]);
    expect([1, 2, 3].map(most)).toEqual([500, 1_000, 2_000]);
    expect(most(40)).toBe(3_600_000);
  });
});
