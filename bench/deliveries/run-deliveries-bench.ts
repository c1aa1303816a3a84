import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { RedisEventBus } from '@parley/bus';
import { startRedisServer, startTestDatabase } from '@parley/testing';
import { Client } from 'pg';
import { parentOf } from '../process-tree';
import type { Bench } from '../measure';
import { carry, type Backlog, type Carried } from './carried';
import { deliveriesPage } from './deliveries-page';
import { deliveryFindings, deliveryPlots } from './delivery-findings';
import { measureOpenBreaker } from './open-breaker';
import { Replica } from './replica';
import { measureRequests } from './request-costs';
import { startSlowProvider } from './slow-provider';

const PROVIDER_MS = 20;
const FULL = { deliveries: 2_000, warmUp: 200, attempts: 200, rounds: 100, requests: 40 };
const SMOKE = { deliveries: 10, warmUp: 1, attempts: 4, rounds: 1, requests: 4 };

/** Measures deliveries on a real PostgreSQL; `--deliveries 500` writes nothing. */
export async function runDeliveriesBench({ args, say, smoke, ...bench }: Bench): Promise<void> {
  const { values } = parseArgs({ args, options: { deliveries: { type: 'string' } } });
  if (!process.env.TEST_DATABASE_URL && !smoke) {
    throw new Error(
      'It needs a real server: node test/servers/run.mjs -- npm run bench -- deliveries',
    );
  }
  const sizes = smoke ? SMOKE : FULL;
  const deliveries = Number(values.deliveries ?? sizes.deliveries);
  const [provider, redis, database] = await Promise.all([
    startSlowProvider(PROVIDER_MS),
    startRedisServer(),
    startTestDatabase(),
  ]);
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-bench-deliveries-'));
  const signingKey = randomBytes(20).toString('hex');
  const client = new Client(database.url);
  await client.connect();
  const bus = new RedisEventBus({ url: redis.url, name: 'bench' });
  const replica = await Replica.start({
    DATABASE_URL: database.url,
    ...(process.env.TEST_DATABASE_URL ? {} : { DATABASE_POOL_SIZE: '2' }),
    REDIS_URL: redis.url,
    DATA_DIR: dataDir,
    APPROVAL_SIGNING_KEY: signingKey,
    CONNECTIONS_KEY: randomBytes(32).toString('base64'),
    OUTBOUND_ALLOW_HOSTS: provider.hostAndPort,
    SLACK_API_URL: provider.url,
    RATE_LIMIT_PER_MINUTE: '0',
  });
  try {
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const postmaster = process.env.TEST_DATABASE_URL ? parentOf(rows[0]?.pid ?? 0) : null;
    const webhook = { url: provider.url, secret: `whsec_${randomBytes(24).toString('base64')}` };
    const slack = { token: 'xoxb-1-fake-token', channel: 'C0123ABCD' };
    const common = { deliveries, signingKey };
    const ways: Backlog[] = [
      {
        name: 'webhook',
        provider: 'webhook',
        tool: 'webhook.post',
        connectionId: await connect(replica, 'webhook', webhook),
        ...common,
      },
      {
        name: 'Slack, through its SDK',
        provider: 'slack',
        tool: 'slack.message.send',
        connectionId: await connect(replica, 'slack', slack),
        ...common,
      },
    ];
    const carried: Carried[] = [];
    for (const way of ways) {
      await carry({ ...way, deliveries: sizes.warmUp }, replica, bus, postmaster);
      const before = provider.taken();
      const result = await carry(way, replica, bus, postmaster);
      const calls = provider.taken() - before;
      if (calls !== deliveries) throw new Error(`${calls} calls for ${deliveries} deliveries`);
      say(`${way.name}: ${result.perSecond.toFixed(0)} deliveries a second`);
      carried.push(result);
    }
    say('An open breaker is asked …');
    const forBreaker = await connect(replica, 'webhook', webhook, 'breaker');
    const breaker = await measureOpenBreaker(replica, provider, forBreaker, sizes.attempts);
    say('Requests with and without sealing and scoping …');
    const requests = await measureRequests(replica, webhook, sizes);
    const { parts } = await replica.ask('parts');
    if (!parts) throw new Error('the replica did not measure its parts');
    const findings = { carried, breaker, requests, parts, providerMs: PROVIDER_MS };
    const page = deliveriesPage(bench.measuredOn, bench.machine, findings);
    if (values.deliveries) say(page);
    else
      bench.publish({ page, findings: deliveryFindings(findings), plots: deliveryPlots(findings) });
  } finally {
    await replica.stop();
    await bus.close();
    await client.end();
    await Promise.all([redis.stop(), provider.stop()]);
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function connect(
  replica: Replica,
  provider: string,
  settings: Record<string, unknown>,
  name = provider,
): Promise<string> {
  const input = { provider, name, settings };
  return (await replica.call<{ id: string }>('POST', '/v1/connections', input)).id;
}
