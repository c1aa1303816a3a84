import {
  startRedisServer,
  startTestDatabase,
  tcpGate,
  throughGate,
  type TcpGate,
  type TestDatabase,
  type TestRedis,
} from '@parley/testing';
import { startProbe, type ProbeProcess } from './testing/probe-process';

// Real: a service in a process of its own, Postgres, Redis; both behind a gate that can be shut.
describe('a service whose dependencies come and go', () => {
  let database: TestDatabase;
  let redis: TestRedis;
  let toDatabase: TcpGate;
  let toRedis: TcpGate;
  let service: ProbeProcess | undefined;

  beforeAll(async () => {
    [database, redis] = await Promise.all([startTestDatabase(), startRedisServer()]);
    [toDatabase, toRedis] = await Promise.all([tcpGate(database.url), tcpGate(redis.url)]);
  });

  afterEach(async () => {
    service?.child.kill('SIGKILL');
    await service?.ended;
    service = undefined;
    await Promise.all([toDatabase.shut(), toRedis.shut()]);
  });

  afterAll(async () => {
    await Promise.all([database.stop(), redis.stop()]);
  });

  const start = async (env: Record<string, string> = {}): Promise<ProbeProcess> =>
    (service = await startProbe({
      DATABASE_URL: throughGate(database.url, toDatabase),
      DATABASE_POOL_SIZE: '2',
      REDIS_URL: throughGate(redis.url, toRedis),
      ...env,
    }));

  const status = async (path: string): Promise<number> => {
    const answer = await fetch((service?.url ?? '') + path);
    await answer.body?.cancel();
    return answer.status;
  };

  it('is live and not ready while it waits, says for what, and serves once they are there', async () => {
    const { url, answers } = await start();
    await answers('/livez', 200);
    expect(await status('/readyz')).toBe(503);
    const health = await fetch(`${url}/health`);
    expect(health.status).toBe(200);
    expect(await health.json()).toMatchObject({
      status: 'degraded',
      dependencies: {
        postgres: {
          status: 'down',
          reason: expect.stringMatching(/connecting|unreachable/) as string,
        },
        redis: { status: 'down' },
      },
    });
    expect(await status('/metrics')).toBe(200);
    const refused = await fetch(`${url}/v1/row`);
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(await refused.json()).toMatchObject({
      type: 'https://parley.dev/problems/unavailable',
      detail: 'The service is starting; see /health for what it waits for.',
      requestId: refused.headers.get('x-request-id'),
    });

    await toDatabase.open();
    await answers('/readyz', 503);
    await toRedis.open();
    await answers('/readyz', 200);
    expect(await status('/v1/row')).toBe(200);
  });

  it('ends cleanly when it is told to while it waits', async () => {
    const { answers, child, ended } = await start();
    await answers('/livez', 200);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  it('gives up after START_WAIT_SECONDS, saying which setting names what is away', async () => {
    const { ended, output } = await start({ START_WAIT_SECONDS: '0.2', LOG_LEVEL: 'fatal' });
    expect(await ended).toBe(1);
    expect(output().trim()).toBe(
      'Parley cannot start: the database (DATABASE_URL) cannot be used: unreachable',
    );
  });

  it('answers 503 while the database is away at run time, and 200 once it is back', async () => {
    await Promise.all([toDatabase.open(), toRedis.open()]);
    const { url, answers } = await start();
    await answers('/v1/row', 200);
    await toDatabase.shut();
    await answers('/readyz', 503);
    const refused = await fetch(`${url}/v1/row`);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await refused.json()).toMatchObject({
      type: 'https://parley.dev/problems/unavailable',
    });
    expect(await status('/livez')).toBe(200);
    await toDatabase.open();
    await answers('/readyz', 200);
    expect(await status('/v1/row')).toBe(200);
  });

  it('is not ready while Redis is away at run time, and ready once it is back', async () => {
    await Promise.all([toDatabase.open(), toRedis.open()]);
    const { answers, url } = await start();
    await answers('/readyz', 200);
    await toRedis.shut();
    await answers('/readyz', 503);
    const health = (await (await fetch(`${url}/health`)).json()) as object;
    expect(health).toMatchObject({
      status: 'degraded',
      dependencies: { redis: { status: 'down', reason: 'unreachable' } },
    });
    await toRedis.open();
    await answers('/readyz', 200);
  });

  it('ends at once when its settings are wrong, naming all of them and no value', async () => {
    const { ended, output } = await start({
      DATABASE_URL: '',
      NLU_PORT: '5s',
      LOG_LEVEL: 'shouting',
      SHUTDOWN_DELAY_SECONDS: '30',
      TIMEOUT_SLAK_SECONDS: '3',
    });
    expect(await ended).toBe(1);
    for (const name of [
      'DATABASE_URL',
      'NLU_PORT',
      'LOG_LEVEL',
      'SHUTDOWN_DELAY',
      'TIMEOUT_SLAK',
    ]) {
      expect(output()).toContain(`- ${name}`);
    }
    expect(output()).not.toMatch(/5s|shouting|^\s+at /m);
  });
});
