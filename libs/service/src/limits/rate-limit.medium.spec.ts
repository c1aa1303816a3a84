import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { SkipThrottle } from '@nestjs/throttler';
import { SharedRedis, whenReady } from '@parley/redis';
import { startRedisServer } from '@parley/testing';
import { WebSocket } from 'ws';
import { SocketRouter } from '../sockets/socket-router';
import { startTinyService, type TinyService } from '../testing/tiny-service';
import { FAILED_AUTH } from './policies';
import { RateLimit } from './rate-limit.decorator';
import { RateLimiter } from './rate-limiter';

@Controller('v1/things')
class ThingsController {
  @Get()
  list(): { items: [] } {
    return { items: [] };
  }

  @Post('slow')
  @HttpCode(200)
  @RateLimit({ name: 'slow', perMinute: 2 })
  slow(@Body() body: object): object {
    return body;
  }

  @Get('free')
  @SkipThrottle()
  free(): object {
    return {};
  }
}

// Real: HTTP, Nest, the guard, redis-server where it is named. Fake: who the caller is.
describe('a rate limit', () => {
  let service: TinyService;
  let caller: string;
  const cleanUp: (() => Promise<void>)[] = [];
  const get = (path: string, headers: Record<string, string> = {}, url = service.url) =>
    fetch(url + path, { headers: { 'x-test-caller': caller, ...headers } });
  const post = (path: string, headers: Record<string, string> = {}) =>
    fetch(service.url + path, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json', 'x-test-caller': caller, ...headers },
    });
  const statuses = async (times: number, ask: () => Promise<Response>): Promise<number[]> =>
    (await Promise.all(Array.from({ length: times }, ask))).map(({ status }) => status).sort();

  beforeAll(async () => {
    service = await startTinyService([ThingsController], { RATE_LIMIT_PER_MINUTE: '5' });
  });
  beforeEach(() => {
    caller = randomUUID();
  });
  afterEach(async () => {
    for (const stop of cleanUp.splice(0).reverse()) await stop();
  });
  afterAll(async () => {
    await service.stop();
  });

  it('tells each caller what is left, in the fields of the current draft', async () => {
    const { headers } = await get('/v1/things');
    expect(headers.get('ratelimit-policy')).toBe('"default";q=5;w=60');
    expect(headers.get('ratelimit')).toBe('"default";r=4;t=60');
    expect((await get('/v1/things')).headers.get('ratelimit')).toMatch(/^"default";r=3;t=\d+$/);
  });

  it('answers 429 with a problem and a Retry-After that is not earlier than the reset', async () => {
    expect(await statuses(6, () => get('/v1/things'))).toEqual([200, 200, 200, 200, 200, 429]);
    const refused = await get('/v1/things');
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(await refused.json()).toMatchObject({
      type: 'https://parley.dev/problems/too-many-requests',
      status: 429,
    });
    const [, left, reset] = /r=(\d+);t=(\d+)$/.exec(refused.headers.get('ratelimit') ?? '') ?? [];
    const retryAfter = Number(refused.headers.get('retry-after'));
    expect(left).toBe('0');
    expect(retryAfter).toBeGreaterThanOrEqual(Number(reset));
    expect(retryAfter).toBeLessThanOrEqual(60);
  });

  it('counts by caller, whatever X-Forwarded-For says', async () => {
    await statuses(5, () => get('/v1/things'));
    expect((await get('/v1/things', { 'x-forwarded-for': '10.1.2.3' })).status).toBe(429);
    caller = randomUUID();
    expect((await get('/v1/things')).status).toBe(200);
  });

  it('is stricter where the route says so, and both are told', async () => {
    const first = await post('/v1/things/slow');
    expect(first.headers.get('ratelimit-policy')).toBe('"default";q=5;w=60, "slow";q=2;w=60');
    expect(first.headers.get('ratelimit')).toBe('"default";r=4;t=60, "slow";r=1;t=60');
    expect((await post('/v1/things/slow')).status).toBe(200);
    const refused = await post('/v1/things/slow');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('ratelimit-policy')).toBe('"slow";q=2;w=60');
    expect((await get('/v1/things')).status).toBe(200);
  });

  it('leaves the operations endpoints and routes that opt out alone', async () => {
    for (const path of ['/health', '/livez', '/readyz', '/metrics', '/v1/things/free']) {
      expect(await statuses(8, () => get(path))).toEqual(Array.from({ length: 8 }, () => 200));
      expect((await get(path)).headers.get('ratelimit')).toBeNull();
    }
  });

  it('gives our own services a limit of their own, and nobody who only says to be one', async () => {
    const asService = { 'x-parley-service': 'agent' };
    const withKey = { ...asService, 'x-test-operator': '1' };
    expect(await statuses(20, () => post('/v1/things/slow', withKey))).not.toContain(429);
    const { headers } = await post('/v1/things/slow', withKey);
    expect(headers.get('ratelimit-policy')).toBe('"services";q=6000;w=60');
    expect(await statuses(4, () => post('/v1/things/slow', asService))).toContain(429);
    caller = randomUUID();
    const person = { 'x-test-operator': '1', 'x-parley-service': 'somebody' };
    expect(await statuses(4, () => post('/v1/things/slow', person))).toContain(429);
  });

  it('refuses a socket before its upgrade', async () => {
    service.app.get(SocketRouter).route({
      path: /^\/v1\/socket$/,
      needs: 'read',
      maxMessageBytes: 10,
      rateLimit: { name: 'test-socket', perMinute: 1 },
      connected: (socket) => {
        socket.close();
      },
    });
    const open = () =>
      new Promise<{ status: number; retryAfter?: string | undefined }>((resolve, reject) => {
        const socket = new WebSocket(service.url.replace('http', 'ws') + '/v1/socket');
        socket.once('open', () => {
          resolve({ status: 101 });
        });
        socket.once('unexpected-response', (_request, response) => {
          resolve({
            status: response.statusCode ?? 0,
            retryAfter: response.headers['retry-after'],
          });
          response.resume();
        });
        socket.once('error', reject);
      });
    expect(await open()).toEqual({ status: 101 });
    const refused = await open();
    expect(refused.status).toBe(429);
    expect(Number(refused.retryAfter)).toBeGreaterThan(0);
  });

  it('can be asked by whoever is not a route', async () => {
    const limiter = service.app.get(RateLimiter);
    const taken = [];
    for (let n = 0; n < 31; n += 1) taken.push(await limiter.take(FAILED_AUTH, caller));
    expect(taken.filter(({ allowed }) => allowed)).toHaveLength(30);
    await expect(limiter.require(FAILED_AUTH, caller)).rejects.toMatchObject({
      code: 'too-many-requests',
    });
  });

  it('is lifted altogether with RATE_LIMIT_PER_MINUTE=0', async () => {
    const free = await startTinyService([ThingsController], { RATE_LIMIT_PER_MINUTE: '0' });
    cleanUp.push(free.stop);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => get('/v1/things', {}, free.url)),
    );
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(answers[0]?.headers.get('ratelimit')).toBeNull();
  });

  it('is shared by two replicas through Redis, and a gauge says when it is not', async () => {
    const redis = await startRedisServer();
    cleanUp.push(redis.stop);
    const settings = { RATE_LIMIT_PER_MINUTE: '10', REDIS_URL: redis.url };
    const replicas = [
      await startTinyService([ThingsController], settings),
      await startTinyService([ThingsController], settings),
    ] as const;
    cleanUp.push(...replicas.map(({ stop }) => stop));
    const gauge = async (): Promise<string | undefined> =>
      /^nlu_rate_limit_fallback (\d)$/m.exec(
        await (await get('/metrics', {}, replicas[0].url)).text(),
      )?.[1];
    for (const { app } of replicas) {
      // Until then each counts by itself.
      const { connection } = app.get(SharedRedis);
      if (connection) await whenReady(connection, 5_000);
    }
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) => get('/v1/things', {}, replicas[n % 2]?.url)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
    expect(await gauge()).toBe('0');
    await redis.stop();
    expect((await get('/v1/things', {}, replicas[0].url)).status).toBe(200);
    expect(await gauge()).toBe('1');
  });
});
