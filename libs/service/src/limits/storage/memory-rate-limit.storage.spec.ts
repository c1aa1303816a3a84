import { MemoryRateLimitStorage } from './memory-rate-limit.storage';
import { rateLimitStorageContract } from './rate-limit-storage.contract';

let nowMs = 0;
const now = (): number => nowMs;
const pass = (ms: number): Promise<void> => {
  nowMs += ms;
  return Promise.resolve();
};

rateLimitStorageContract('memory, fake clock', () => ({
  storage: new MemoryRateLimitStorage({ now }),
  pass,
}));

describe('the count of requests in memory', () => {
  it('never lets more than the limit through in a burst, nor more than twice in any window', async () => {
    const storage = new MemoryRateLimitStorage({ now });
    const [limit, lengthMs] = [30, 60_000];
    const taken: number[] = [];
    for (let step = 0; step < 6_000; step += 1) {
      const { isBlocked } = await storage.increment('greedy', lengthMs, limit);
      if (!isBlocked) taken.push(nowMs);
      await pass(50);
    }
    const within = (spanMs: number): number =>
      Math.max(...taken.map((at) => taken.filter((t) => t >= at && t < at + spanMs).length));
    expect(within(5_000)).toBeLessThanOrEqual(limit);
    expect(within(lengthMs)).toBeLessThanOrEqual(2 * limit);
    expect(taken.length / 5).toBeLessThanOrEqual(limit * 1.2);
  });

  it('never asks anybody to wait longer than the window', async () => {
    const storage = new MemoryRateLimitStorage({ now });
    const waits: number[] = [];
    for (let step = 0; step < 3_000; step += 1) {
      waits.push((await storage.increment('greedy', 60_000, 7)).timeToBlockExpire);
      await pass(100);
    }
    expect(Math.max(...waits)).toBe(60);
  });

  it('remembers a bounded number of callers, the latest', async () => {
    const storage = new MemoryRateLimitStorage({ now, mostKeys: 100 });
    for (let n = 0; n < 1_000; n += 1) await storage.increment(`caller-${n}`, 60_000, 1);
    expect(storage.size).toBeLessThanOrEqual(100);
    expect(await storage.increment('caller-999', 60_000, 1)).toMatchObject({ isBlocked: true });
  });

  it('forgets callers who left as new ones come, without being asked for it', async () => {
    const storage = new MemoryRateLimitStorage({ now });
    for (let n = 0; n < 10; n += 1) await storage.increment(`old-${n}`, 60_000, 1);
    await pass(120_000);
    for (let n = 0; n < 5; n += 1) await storage.increment(`new-${n}`, 60_000, 1);
    expect(storage.size).toBe(5);
  });
});
