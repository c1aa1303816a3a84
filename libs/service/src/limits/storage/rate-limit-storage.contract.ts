import { randomUUID } from 'node:crypto';
import type { ThrottlerStorage } from '@nestjs/throttler';

/** A storage under test, and how its time passes. */
export interface StorageUnderTest {
  storage: ThrottlerStorage;
  pass(ms: number): Promise<void>;
}

const WINDOW_MS = 2_000;
const LIMIT = 4;

/** What every storage of counts promises, wherever it counts. */
export function rateLimitStorageContract(kind: string, open: () => StorageUnderTest): void {
  describe(`the count of requests (${kind})`, () => {
    let storage: ThrottlerStorage;
    let pass: StorageUnderTest['pass'];
    let key: string;
    const hit = () => storage.increment(key, WINDOW_MS, LIMIT, 0, 'default');
    const hits = async (times: number): Promise<boolean[]> => {
      const records = [];
      for (let n = 0; n < times; n += 1) records.push(await hit());
      return records.map(({ isBlocked }) => !isBlocked);
    };

    beforeEach(() => {
      ({ storage, pass } = open());
      key = randomUUID();
    });

    it('takes as many as the limit says, and then says when to come back', async () => {
      for (let n = 1; n <= LIMIT; n += 1) {
        expect(await hit()).toEqual({
          totalHits: n,
          isBlocked: false,
          timeToExpire: WINDOW_MS / 1_000,
          timeToBlockExpire: 0,
        });
      }
      expect(await hit()).toMatchObject({ isBlocked: true, timeToBlockExpire: 2, timeToExpire: 2 });
    });

    it('lets exactly the limit through when all come at once', async () => {
      const records = await Promise.all(Array.from({ length: 40 }, hit));
      expect(records.filter(({ isBlocked }) => !isBlocked)).toHaveLength(LIMIT);
    });

    it('counts each key by itself', async () => {
      await hits(LIMIT);
      key = randomUUID();
      expect(await hits(1)).toEqual([true]);
    });

    it('takes a request of who waited as long as it was told', async () => {
      await hits(LIMIT);
      const { timeToBlockExpire } = await hit();
      await pass(timeToBlockExpire * 1_000);
      expect(await hits(1)).toEqual([true]);
    });

    it('does not hold refused requests against their caller', async () => {
      await hits(20 * LIMIT);
      expect((await hit()).timeToBlockExpire).toBeLessThanOrEqual(WINDOW_MS / 1_000);
    });

    it('gives a new window bit by bit to who used the last one up: no double burst at the edge', async () => {
      await hits(1);
      await pass(WINDOW_MS * 0.9);
      await hits(LIMIT - 1);
      await pass(WINDOW_MS * 0.2);
      // A tenth of the new window has passed, so three of the four before still count.
      expect(await hits(3)).toEqual([true, false, false]);
    });

    it('forgets everything after a quiet window', async () => {
      await hits(LIMIT);
      await pass(2 * WINDOW_MS);
      expect(await hits(LIMIT + 1)).toEqual([true, true, true, true, false]);
    });
  });
}
