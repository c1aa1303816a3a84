import { Sweep } from './sweep';

describe('a sweep', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  function held() {
    const ends: (() => void)[] = [];
    const work = jest.fn(() => new Promise<void>((resolve) => ends.push(resolve)));
    return { work, end: () => ends.shift()?.() };
  }

  it('is not begun again while it is at work', async () => {
    const { work, end } = held();
    const sweep = new Sweep({ everyMs: 1_000, work, failed: jest.fn() });
    sweep.start();
    await jest.advanceTimersByTimeAsync(3_500);
    expect(work).toHaveBeenCalledTimes(1);
    end();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(work).toHaveBeenCalledTimes(2);
    end();
    await sweep.stop();
  });

  it('goes on after a failure, which it tells', async () => {
    const failed = jest.fn();
    const failure = new Error('database away');
    const work = jest.fn(() => Promise.reject(failure));
    const sweep = new Sweep({ everyMs: 1_000, work, failed });
    sweep.start();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(failed.mock.calls).toEqual([[failure], [failure]]);
    await sweep.stop();
  });

  it('is stopped once what is at work has ended, and does not begin again', async () => {
    const { work, end } = held();
    const sweep = new Sweep({ everyMs: 1_000, work, failed: jest.fn() });
    sweep.start();
    sweep.now();
    let stopped = false;
    const stopping = sweep.stop().then(() => (stopped = true));
    await jest.advanceTimersByTimeAsync(5_000);
    expect(stopped).toBe(false);
    end();
    await stopping;
    await jest.advanceTimersByTimeAsync(5_000);
    expect(work).toHaveBeenCalledTimes(1);
  });
});
