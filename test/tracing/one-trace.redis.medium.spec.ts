import { newId } from '@parley/contracts';
import {
  OtlpReceiver,
  startRedisServer,
  startTestDatabase,
  startWebhookReceiver,
  type TestDatabase,
  type TestRedis,
  type WebhookReceiver,
} from '@parley/testing';
import { RedisEventBus } from '@parley/bus';
import { approved } from './approved-action';
import { ServiceProcess } from './service-process';

const MINUTE = 60_000;
const SIGNING_KEY = 'a-key-for-this-test-only-0123456789';
const TITLE = 'Zanzibar acquires Quibblewick';
const CALLER = { traceId: 'c0ffee00c0ffee00c0ffee00c0ffee00', spanId: 'c0ffee00c0ffee01' };
const TRACEPARENT = `00-${CALLER.traceId}-${CALLER.spanId}-01`;

// Real: services in processes of their own, redis-server, the database, OpenTelemetry, HTTP. The collector and the
// provider are ours, on loopback.
describe('one trace', () => {
  let database: TestDatabase;
  let redis: TestRedis;
  let collector: OtlpReceiver;
  let provider: WebhookReceiver;
  let bus: RedisEventBus;
  let ingestion: ServiceProcess;
  let nlu: ServiceProcess;
  let integrations: ServiceProcess;

  beforeAll(async () => {
    database = await startTestDatabase();
    redis = await startRedisServer();
    collector = await OtlpReceiver.start();
    provider = await startWebhookReceiver();
    bus = new RedisEventBus({ url: redis.url, name: 'test' });
    const env = {
      DATABASE_URL: database.url,
      DATABASE_POOL_SIZE: '2',
      REDIS_URL: redis.url,
      APPROVAL_SIGNING_KEY: SIGNING_KEY,
      OUTBOUND_ALLOW_HOSTS: provider.hostAndPort,
      LOG_LEVEL: 'debug',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    };
    ingestion = await ServiceProcess.start('ingestion', env);
    nlu = await ServiceProcess.start('nlu', env);
    integrations = await ServiceProcess.start('integrations', env);
  }, MINUTE);

  afterAll(async () => {
    for (const service of [ingestion, nlu, integrations]) await service.stop();
    await bus.close();
    await provider.stop();
    await collector.stop();
    await redis.stop();
    await database.stop();
  }, MINUTE);

  const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });

  it('goes from the caller through HTTP, the outbox and the bus to the other service', async () => {
    const body = { title: TITLE, participants: [{ name: 'Quux', email: 'quux@zanzibar.example' }] };
    const url = `${ingestion.url}/v1/meetings?note=${encodeURIComponent(TITLE)}`;
    await post(url, body, { traceparent: TRACEPARENT });
    const handled = await collector.span(({ service, kind }) => service === 'nlu' && kind === 5);
    const sent = await collector.span(({ spanId }) => spanId === handled.parentSpanId);
    const served = await collector.span(({ spanId }) => spanId === sent.parentSpanId);
    expect([handled, sent, served].map(({ name, service }) => `${service}: ${name}`)).toEqual([
      'nlu: process meeting',
      'ingestion: send meeting',
      'ingestion: POST /v1/meetings',
    ]);
    expect(served.parentSpanId).toBe(CALLER.spanId);
    expect([handled, sent, served].map(({ traceId }) => traceId)).toEqual(
      Array.from({ length: 3 }, () => CALLER.traceId),
    );
  });

  it('holds what the database and Redis were asked, below the span that asked', async () => {
    const asked = await collector.span(
      ({ attributes, traceId }) =>
        attributes['db.system.name'] === 'postgresql' && traceId === CALLER.traceId,
    );
    expect(collector.lineage(asked).at(-1)?.parentSpanId).toBe(CALLER.spanId);
    const redisAsked = await collector.span(
      ({ name, traceId }) => /xadd/i.test(name) && traceId === CALLER.traceId,
    );
    expect(collector.lineage(redisAsked)[1]?.name).toBe('send meeting');
  });

  it('goes from the event to the call of the provider, which is told its parent', async () => {
    const { url, secret } = provider;
    const input = { provider: 'webhook', name: 'Receiver', settings: { url, secret } };
    const answer = await post(`${integrations.url}/v1/connections`, input);
    const { id } = (await answer.json()) as { id: string };
    const traceId = newId().replaceAll('-', '');
    const event = approved(id, SIGNING_KEY, TITLE);
    await bus.publish({ ...event, traceparent: `00-${traceId}-00000000000000aa-01` });
    const call = await collector.span(
      (span) => span.name === 'POST' && span.kind === 3 && span.traceId === traceId,
    );
    const [received] = provider.requests;
    expect(received?.headers.traceparent).toBe(`00-${traceId}-${call.spanId}-01`);
    const names = collector.lineage(call).map(({ name }) => name);
    expect(names).toEqual(['POST', 'deliver', 'process action']);
  });

  it('has the same id in the log', async () => {
    const line = await ingestion.logged(
      ({ event, path }) => event === 'request.answered' && path === '/v1/meetings',
    );
    expect(line.traceId).toBe(CALLER.traceId);
  });

  it('is not made where the caller decided against it', async () => {
    const before = new Set(collector.spans.map(({ traceId }) => traceId));
    const traceId = 'deadbeefdeadbeefdeadbeefdeadbeef';
    await post(
      `${ingestion.url}/v1/meetings`,
      { title: 'x' },
      {
        traceparent: `00-${traceId}-00000000000000bb-00`,
      },
    );
    await post(`${ingestion.url}/v1/meetings`, { title: 'x' });
    await collector.span((span) => span.name === 'POST /v1/meetings' && !before.has(span.traceId));
    expect(collector.spans.map((span) => span.traceId)).not.toContain(traceId);
  });

  it('says nothing of what people said, wrote or are called', () => {
    expect(collector.spans.length).toBeGreaterThan(10);
    for (const word of ['Zanzibar', 'Quibblewick', 'Quux', 'quux', ' INTO ', 'WHERE', 'note=']) {
      expect(collector.raw).not.toContain(word);
    }
  });

  it('costs one log line and no request when the collector fails', async () => {
    collector.status = 503;
    const asked = collector.asked();
    expect((await post(`${ingestion.url}/v1/meetings`, { title: 'x' })).status).toBe(201);
    await asked;
    await ingestion.logged(({ event }) => event === 'traces.not-taken');
    expect((await post(`${ingestion.url}/v1/meetings`, { title: 'x' })).status).toBe(201);
    collector.status = 200;
    await post(`${ingestion.url}/v1/meetings`, { title: 'x' });
    await ingestion.logged(({ event }) => event === 'traces.taken');
    expect(ingestion.lines.filter(({ event }) => event === 'traces.not-taken')).toHaveLength(1);
  });

  it('is complete when a service stops', async () => {
    const traceId = newId().replaceAll('-', '');
    await post(
      `${ingestion.url}/v1/meetings`,
      { title: 'the last one' },
      {
        traceparent: `00-${traceId}-00000000000000cc-01`,
      },
    );
    expect(await ingestion.stop()).toBe(0);
    const found = collector.spans.filter((span) => span.traceId === traceId);
    expect(found.map(({ name }) => name)).toContain('POST /v1/meetings');
  });
});
