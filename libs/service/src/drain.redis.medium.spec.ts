import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { PROJECT_ROOT } from '@parley/config';
import { createRedis, closeRedis } from '@parley/redis';
import {
  startRedisServer,
  startTestDatabase,
  type TestDatabase,
  type TestRedis,
} from '@parley/testing';
import { Client } from 'pg';
import { WebSocket } from 'ws';
import { startProbe, type ProbeProcess } from './testing/probe-process';

const CONNECTIONS = 16;

// Real: a service in a process of its own, Postgres, Redis, keep-alive connections.
describe('a service that is told to stop', () => {
  let database: TestDatabase;
  let redis: TestRedis;
  let service: ProbeProcess;

  beforeAll(async () => {
    [database, redis] = await Promise.all([startTestDatabase(), startRedisServer()]);
  });

  afterEach(async () => {
    service.child.kill('SIGKILL');
    await service.ended;
  });

  afterAll(async () => {
    await Promise.all([database.stop(), redis.stop()]);
  });

  const start = async (env: Record<string, string> = {}): Promise<void> => {
    service = await startProbe({
      DATABASE_URL: database.url,
      DATABASE_POOL_SIZE: '2',
      REDIS_URL: redis.url,
      ...env,
    });
    await service.answers('/readyz', 200);
  };

  it('answers every request that it accepted, then ends with 0', async () => {
    await start();
    const clients = Array.from({ length: CONNECTIONS }, () => new KeepAliveClient(service.url));
    const working = clients.map((client) => client.work());
    await Promise.all(clients.map((client) => client.answered(20)));
    const slow = fetch(`${service.url}/v1/slow?ms=600`);
    await service.prints('slow begins');
    service.child.kill('SIGTERM');
    expect((await slow).status).toBe(200);
    await Promise.all(working);
    expect(clients.map(({ failure }) => failure)).toEqual(clients.map(() => undefined));
    expect(await service.ended).toBe(0);
  });

  it('asks clients to leave an idle connection before a service that stops would close it', async () => {
    await start();
    const { headers } = await fetch(`${service.url}/v1/row`);
    const [, seconds] = /^timeout=(\d+)$/.exec(headers.get('keep-alive') ?? '') ?? [];
    const stack = readFileSync(join(PROJECT_ROOT, 'docker-compose.prod.yml'), 'utf8');
    const [, delay] = /SHUTDOWN_DELAY_SECONDS: '(\d+)'/.exec(stack) ?? [];
    expect(Number(seconds)).toBeLessThan(Number(delay));
  });

  it('is not ready at once, and takes new connections while load balancers notice', async () => {
    await start({ SHUTDOWN_DELAY_SECONDS: '1' });
    service.child.kill('SIGTERM');
    await service.answers('/readyz', 503);
    const answer = await fetch(`${service.url}/v1/row`);
    expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close']);
    expect(answer.headers.get('keep-alive')).toBeNull();
    expect(await service.ended).toBe(0);
  });

  it('closes sockets with 1001 and ends streams', async () => {
    await start();
    const socket = new WebSocket(`${service.url.replace('http', 'ws')}/v1/socket`);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await new Promise((resolve) => socket.once('message', resolve));
    const stream = await fetch(`${service.url}/v1/stream`);
    const streamed = stream.text();
    service.child.kill('SIGTERM');
    expect(await closed).toBe(1001);
    expect(await streamed).toBe('data: hello\n\n');
    expect(await service.ended).toBe(0);
  });

  it('finishes and acknowledges the message in hand, and leaves none behind', async () => {
    await start();
    await post('/v1/events', { endless: false });
    await service.prints('handling ');
    service.child.kill('SIGTERM');
    expect(await service.ended).toBe(0);
    const [, id] = /handling (\S+)/.exec(service.output()) ?? [];
    const client = new Client(database.url);
    await client.connect();
    const { rows } = await client.query('SELECT id FROM nlu.handled WHERE id = $1', [id]);
    const unsent = await client.query('SELECT 1 FROM nlu.outbox WHERE published_at IS NULL');
    await client.end();
    expect([rows.length, unsent.rows.length]).toEqual([1, 0]);
    const bus = createRedis(redis.url, { name: 'test' });
    const [pending] = await bus.xpending('parley:document', 'nlu');
    await closeRedis(bus);
    expect(pending).toBe(0);
  });

  it('ends at once when it is told twice', async () => {
    await start();
    const slow = fetch(`${service.url}/v1/slow?ms=60000`).catch(() => 'cut');
    await service.prints('slow begins');
    service.child.kill('SIGTERM');
    await service.prints('told to stop');
    service.child.kill('SIGTERM');
    expect(await service.ended).toBe(1);
    expect(await slow).toBe('cut');
  });

  it('ends with 1, and says so, when the grace does not suffice', async () => {
    await start({ SHUTDOWN_GRACE_SECONDS: '1' });
    await post('/v1/events', { endless: true });
    await service.prints('handling without end');
    service.child.kill('SIGTERM');
    expect(await service.ended).toBe(1);
    expect(service.output()).toContain('not drained in time');
  });

  async function post(path: string, body: unknown): Promise<void> {
    await fetch(service.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }
});

/** One connection that asks again as soon as it was answered, until it is told that it is the last time. */
class KeepAliveClient {
  failure: string | undefined;
  private answers = 0;
  private awaited: { count: number; done: () => void } | undefined;
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(private readonly url: string) {}

  async answered(count: number): Promise<void> {
    await new Promise<void>((done) => {
      this.awaited = { count, done };
    });
  }

  async work(): Promise<void> {
    for (let last = false; !last && this.failure === undefined;) last = await this.ask();
    this.agent.destroy();
  }

  private ask(): Promise<boolean> {
    return new Promise((resolve) => {
      const asking = request(`${this.url}/v1/row`, { agent: this.agent }, (answer) => {
        if (answer.statusCode !== 200) this.failure = `status ${String(answer.statusCode)}`;
        answer.resume().once('end', () => {
          this.answers += 1;
          if (this.answers === this.awaited?.count) this.awaited.done();
          resolve(answer.headers.connection === 'close');
        });
      });
      asking.once('error', (error) => {
        this.failure = error.message;
        resolve(true);
      });
      asking.end();
    });
  }
}
