import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeRedis, createRedis, RedisOrMemory, whenReady } from '@parley/redis';
import { startRedisServer, type TestRedis } from '@parley/testing';
import type Redis from 'ioredis';
import {
  completion,
  idempotencyStoreContract,
  makeMark,
} from '../testing/idempotency-store.contract';
import { MemoryIdempotencyStore } from './memory-idempotency.store';
import { RedisIdempotencyStore } from './redis-idempotency.store';
import { ResilientIdempotencyStore } from './resilient-idempotency.store';

// Real: redis-server, the connections, and the time that keys live. Nothing is fake.
let server: TestRedis;
let redis: Redis;
const fallbacks: boolean[] = [];

const onRedis = (connection = redis): RedisIdempotencyStore =>
  new RedisIdempotencyStore(connection, `test-${randomUUID()}`);
function resilient(connection = redis, shared = onRedis(connection)): ResilientIdempotencyStore {
  const where = new RedisOrMemory(connection, {
    what: 'keys',
    onFallback: (on) => fallbacks.push(on),
  });
  return new ResilientIdempotencyStore(where, shared, new MemoryIdempotencyStore());
}
// Nothing announces that a key has expired.
const pass = async (ms: number): Promise<void> => {
  await sleep(ms + 20);
};

beforeAll(async () => {
  server = await startRedisServer();
  redis = createRedis(server.url, { name: 'test' });
  // Each store of the contract listens to it.
  redis.setMaxListeners(100);
  await whenReady(redis, 5_000);
});

afterAll(async () => {
  await closeRedis(redis);
  await server.stop();
});

idempotencyStoreContract('Redis', () => ({ store: onRedis(), pass }));
idempotencyStoreContract('Redis, with memory behind it', () => ({ store: resilient(), pass }));

describe('idempotency keys on Redis', () => {
  it('are shared by the replicas of a service', async () => {
    const shared = onRedis();
    const [one, two] = [resilient(redis, shared), resilient(redis, shared)];
    const mark = makeMark();
    await one.claim('slot', mark, 10_000);
    expect(await two.claim('slot', makeMark(), 10_000)).toMatchObject({ state: 'in-flight' });
    await one.complete('slot', completion(mark), 10_000);
    expect(await two.claim('slot', makeMark(), 10_000)).toMatchObject({ state: 'done' });
  });

  it('count as claimed when the answer to the claim was lost and it is sent again', async () => {
    const store = onRedis();
    const mark = makeMark();
    await store.claim('slot', mark, 10_000);
    expect(await store.claim('slot', mark, 10_000)).toEqual({ state: 'claimed' });
  });

  it('leave nothing in Redis that lives for ever', async () => {
    const store = new RedisIdempotencyStore(redis, 'forever');
    const mark = makeMark();
    await store.claim('slot', mark, 10_000);
    await store.complete('slot', completion(mark, { meetingIds: ['m'] }), 10_000);
    await store.forgetMeeting('n', 10_000);
    const keys = await redis.keys('forever:*');
    expect(keys).toHaveLength(3);
    for (const key of keys) expect(await redis.pttl(key)).toBeGreaterThan(0);
  });
});

describe('idempotency keys while Redis is away', () => {
  let own: TestRedis;
  let connection: Redis;
  let store: ResilientIdempotencyStore;

  beforeEach(async () => {
    own = await startRedisServer();
    connection = createRedis(own.url, { name: 'test', commandTimeoutMs: 500 });
    await whenReady(connection, 5_000);
    store = resilient(connection);
    fallbacks.length = 0;
  });

  afterEach(async () => {
    await closeRedis(connection);
    await own.stop();
  });

  const away = async (): Promise<void> => {
    const closed = new Promise((resolve) => connection.once('close', resolve));
    await own.stop();
    await closed;
  };

  it('stay claimed when it goes in the middle of a request, and its answer is kept here', async () => {
    const mark = makeMark();
    await store.claim('slot', mark, 10_000);
    await away();
    expect(await store.claim('slot', makeMark(), 10_000)).toMatchObject({ state: 'in-flight' });
    expect(await store.complete('slot', completion(mark), 10_000)).toBe(true);
    expect(await store.claim('slot', makeMark(), 10_000)).toMatchObject({ state: 'done' });
  });

  it('are kept in memory, which is said once at each change, and stay used when it is back', async () => {
    await away();
    const mark = makeMark();
    expect(await store.claim('slot', mark, 10_000)).toEqual({ state: 'claimed' });
    await store.complete('slot', completion(mark), 10_000);
    expect(fallbacks).toEqual([true]);
    own = await startRedisServer({ port: Number(new URL(own.url).port) });
    await whenReady(connection, 5_000);
    expect(fallbacks).toEqual([true, false]);
    expect(await store.claim('slot', makeMark(), 10_000)).toMatchObject({ state: 'done' });
  });

  it('are served from memory when it hangs, after one wait', async () => {
    await redis.ping();
    const stopper = createRedis(own.url, { name: 'stopper' });
    await whenReady(stopper, 5_000);
    await stopper.call('CLIENT', 'PAUSE', '30000', 'ALL');
    expect(await store.claim('slot', makeMark(), 10_000)).toEqual({ state: 'claimed' });
    expect(await store.claim('slot', makeMark(), 10_000)).toMatchObject({ state: 'in-flight' });
    expect(fallbacks).toEqual([true]);
    stopper.disconnect();
  });

  it('cannot be erased there with their meeting, which is said', async () => {
    await away();
    await expect(store.forgetMeeting('meeting', 10_000)).rejects.toMatchObject({
      code: 'unavailable',
    });
  });
});
