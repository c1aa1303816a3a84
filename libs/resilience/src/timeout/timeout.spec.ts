import { once } from 'node:events';
import { TimedOutError } from './timed-out.error';
import { Timeout } from './timeout';

// Real: everything, timers included.
describe('a timeout', () => {
  const { signal } = new AbortController();
  const obeying = async (given: AbortSignal): Promise<never> => {
    await once(given, 'abort');
    throw given.reason;
  };

  it('gives what came in time', async () => {
    const limit = new Timeout({ limitMs: 60_000 });
    expect(await limit.execute(() => Promise.resolve('well'), signal)).toBe('well');
  });

  it('tells the call to end', async () => {
    const limit = new Timeout({ limitMs: 1, graceMs: 60_000 });
    await expect(limit.execute(obeying, signal)).rejects.toBeInstanceOf(TimedOutError);
  });

  it('leaves behind a call that does not obey', async () => {
    const limit = new Timeout({ limitMs: 1, graceMs: 1 });
    const deaf = () => new Promise<never>(() => undefined);
    await expect(limit.execute(deaf, signal)).rejects.toMatchObject({ limitMs: 1 });
  });

  it('passes on that the caller has left', async () => {
    const caller = new AbortController();
    const leaving = new Timeout({ limitMs: 60_000 }).execute(obeying, caller.signal);
    const reason = new Error('gone home');
    caller.abort(reason);
    await expect(leaving).rejects.toBe(reason);
  });
});
