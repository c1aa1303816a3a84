import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeRedis, createRedis, RedisOrMemory, whenReady } from '@parley/redis';
import { startRedisServer, type TestRedis } from '@parley/testing';
import type Redis from 'ioredis';
import { MemoryRateLimitStorage } from './memory-rate-limit.storage';
import { rateLimitStorageContract } from './rate-limit-storage.contract';
import { RedisRateLimitStorage } from './redis-rate-limit.storage';
import { ResilientRateLimitStorage } from './resilient-rate-limit.storage';

// Real: redis-server, the connections, and Redis' clock. Nothing is fake.
let server: TestRedis;
let redis: Redis;
const cleanUp: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of cleanUp.splice(0).reverse()) await stop();
});

beforeAll(async () => {
  server = await startRedisServer();
  redis = createRedis(server.url, { name: 'test' });
  await whenReady(redis, 5_000);
});

afterAll(async () => {
  await closeRedis(redis);
  await server.stop();
});

rateLimitStorageContract('Redis', () => ({
  storage: new RedisRateLimitStorage(redis, `test-${randomUUID()}`),
  // Windows pass by Redis' own clock, which nobody can turn.
  pass: async (ms) => {
    await sleep(ms);
  },
}));

describe('the count of requests in Redis', () => {
  it('is shared by the replicas of a service', async () => {
    const prefix = `test-${randomUUID()}`;
    const second = createRedis(server.url, { name: 'second' });
    cleanUp.push(() => closeRedis(second));
    const one = new RedisRateLimitStorage(redis, prefix);
    const two = new RedisRateLimitStorage(second, prefix);
    const records = await Promise.all(
      Array.from({ length: 30 }, (_, n) => (n % 2 ? one : two).increment('caller', 60_000, 10)),
    );
    expect(records.filter(({ isBlocked }) => !isBlocked)).toHaveLength(10);
  });

  it('leaves nothing behind that lives for ever', async () => {
    await new RedisRateLimitStorage(redis, 'forever').increment('caller', 60_000, 10);
    const ttlMs = await redis.pttl('forever:caller');
    expect(ttlMs).toBeGreaterThan(60_000);
    expect(ttlMs).toBeLessThanOrEqual(120_000);
  });

  it('goes on in memory when Redis goes away, and comes back with it', async () => {
    let own = await startRedisServer();
    cleanUp.push(() => own.stop());
    const connection = createRedis(own.url, { name: 'test' });
    cleanUp.push(() => closeRedis(connection));
    await whenReady(connection, 5_000);
    const fallbacks: boolean[] = [];
    const where = new RedisOrMemory(connection, {
      what: 'limits',
      onFallback: (on) => fallbacks.push(on),
    });
    const storage = new ResilientRateLimitStorage(
      where,
      new RedisRateLimitStorage(connection, 'p'),
      new MemoryRateLimitStorage(),
    );
    const hit = async (): Promise<boolean> =>
      (await storage.increment('caller', 60_000, 2, 0, 'default')).isBlocked;
    expect(await hit()).toBe(false);
    const closed = new Promise((resolve) => connection.once('close', resolve));
    await own.stop();
    await closed;
    expect([await hit(), await hit(), await hit()]).toEqual([false, false, true]);
    own = await startRedisServer({ port: Number(new URL(own.url).port) });
    await whenReady(connection, 5_000);
    expect(await hit()).toBe(false);
    expect(fallbacks).toEqual([true, false]);
  });
});
