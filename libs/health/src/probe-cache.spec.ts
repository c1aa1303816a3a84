import type { HealthProbe } from './health-check';
import { ProbeCache } from './probe-cache';

// Fake: the dependency, the clock.
describe('ProbeCache', () => {
  let answer: () => Promise<HealthProbe>;
  let asked: number;
  let cache: ProbeCache;

  beforeEach(() => {
    jest.useFakeTimers();
    asked = 0;
    answer = () => Promise.resolve({ up: true });
    const probe = (): Promise<HealthProbe> => {
      asked += 1;
      return answer();
    };
    cache = new ProbeCache({ name: 'postgres', required: true, probe });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('asks once, however many want to know at a time', async () => {
    const found = await Promise.all(Array.from({ length: 1_000 }, () => cache.ask()));
    expect(asked).toBe(1);
    expect(new Set(found.map(({ up }) => up))).toEqual(new Set([true]));
  });

  it('asks again after a second', async () => {
    await cache.ask();
    await jest.advanceTimersByTimeAsync(1_001);
    answer = () => Promise.resolve({ up: false, reason: 'gone' });
    expect(await cache.ask()).toMatchObject({ up: false, reason: 'gone' });
  });

  it('asks again a tenth of a second after it was away, so that nobody waits for what is back', async () => {
    answer = () => Promise.resolve({ up: false, reason: 'connecting' });
    await cache.ask();
    await jest.advanceTimersByTimeAsync(99);
    answer = () => Promise.resolve({ up: true });
    expect(await cache.ask()).toMatchObject({ up: false });
    await jest.advanceTimersByTimeAsync(2);
    expect(await cache.ask()).toMatchObject({ up: true });
  });

  it('calls a dependency that throws unreachable, without saying what it threw', async () => {
    answer = () => Promise.reject(new Error('password of 10.0.0.1 is wrong'));
    expect(await cache.ask()).toEqual({ up: false, reason: 'unreachable', latencyMs: 0 });
  });

  it('waits two seconds for an answer, and asks no second time meanwhile', async () => {
    answer = () => new Promise(() => undefined);
    const asking = cache.ask();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(await asking).toEqual({ up: false, reason: 'timeout', latencyMs: 2_000 });
    expect(asked).toBe(1);
  });
});
