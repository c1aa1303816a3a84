import { once } from 'node:events';
import { startRedisServer, type TestRedis } from '@parley/testing';
import { closeRedis } from './close-redis';
import { createRedis } from './create-redis';
import { whenReady } from './when-ready';

// Real: redis-server and the connections. Nothing is fake.
describe('a Redis connection', () => {
  let server: TestRedis;

  beforeAll(async () => {
    server = await startRedisServer();
  });

  afterAll(async () => {
    await server.stop();
  });

  it('shows its name to the operator', async () => {
    const redis = createRedis(server.url, { name: 'parley:test' });
    await whenReady(redis, 5_000);
    expect(await redis.client('GETNAME')).toBe('parley:test');
    await closeRedis(redis);
  });

  it('comes back by itself after it was cut', async () => {
    const redis = createRedis(server.url, { name: 'cut' });
    const other = createRedis(server.url, { name: 'cutter' });
    const id = await redis.client('ID');
    const back = once(redis, 'ready');
    await other.client('KILL', 'ID', id);
    await back;
    expect(await redis.ping()).toBe('PONG');
    await Promise.all([closeRedis(redis), closeRedis(other)]);
  });

  it('can be closed twice, and while it waits for an answer', async () => {
    const redis = createRedis(server.url, { name: 'waiting', blockMs: 60_000 });
    await whenReady(redis, 5_000);
    const waiting = expect(redis.blpop('nothing', 60)).rejects.toThrow('closed');
    redis.disconnect();
    await waiting;
    await closeRedis(redis);
    await closeRedis(redis);
    expect(redis.status).toBe('end');
  });

  it('leaves no timer behind when it is cut while it waits', async () => {
    const timers = (): number =>
      process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const before = timers();
    const redis = createRedis(server.url, { name: 'waiting', blockMs: 60_000 });
    await whenReady(redis, 5_000);
    const waiting = expect(redis.blpop('nothing', 60)).rejects.toThrow('closed');
    const ended = once(redis, 'end');
    redis.disconnect();
    await Promise.all([waiting, ended]);
    // One of an earlier test may end meanwhile.
    expect(timers()).toBeLessThanOrEqual(before);
  });

  it('can be closed while Redis is away, and rejects what waited for it', async () => {
    const own = await startRedisServer();
    const redis = createRedis(own.url, { name: 'lonely', blockMs: 1_000 });
    await whenReady(redis, 5_000);
    const away = once(redis, 'reconnecting');
    await own.stop();
    await away;
    const waiting = expect(redis.ping()).rejects.toThrow();
    await closeRedis(redis);
    await waiting;
    expect(redis.status).toBe('end');
  });

  it('says why Redis cannot be reached when the wait for it is over', async () => {
    const own = await startRedisServer();
    await own.stop();
    const redis = createRedis(own.url, { name: 'lonely' });
    await expect(whenReady(redis, 50)).rejects.toThrow(/Redis cannot be reached: .*ECONNREFUSED/);
    await closeRedis(redis);
    await expect(whenReady(redis, 50)).rejects.toThrow('closed');
  });
});
