import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createParleyClient, unwrap } from '@parley/client';
import { PROJECT_ROOT, SERVICE_NAMES } from '@parley/config';
import { WebSocket } from 'ws';
import { parse } from 'yaml';
import { startWorld, type World } from '../conformance/harness/world';
import { eventually } from '../harness/eventually';
import { startPrometheus, type PrometheusServer } from './prometheus-server';

// Real: the six services as processes, Redis, Postgres, a meeting that is spoken, Debian's Prometheus with the
// shipped rules. Not here: Grafana, so that how a panel looks is tried nowhere.
jest.setTimeout(300_000);

/** What this run cannot bring about, and why. */
const SILENT: [query: RegExp, why: string][] = [
  [/node_filesystem/, 'there is no node-exporter here'],
  [/probe_(success|ssl)/, 'there is no TLS here, and so no certificate'],
  [/subscription_messages/, 'nobody subscribed to this meeting'],
  [
    /model_(requests|request_duration|tokens|fallbacks|endpoint_resting)/,
    'no model endpoint is set here',
  ],
  [
    /integrations_(deliveries_total|provider_)/,
    'nothing is approved in this meeting, so no provider is called',
  ],
  [/(claimed|vanished|regrouped)|resent/, 'no replica dies, and Redis loses nothing'],
  [/decode_failures|search_degraded|suggestions_decided/, 'nothing fails, and nobody decides'],
  [/agent_suggestions_total/, 'what is said in this recording gives no occasion for one'],
  [/http_errors_total/, 'a service that refuses nothing has none'],
  [/status=~"5\.\."|http_failed/, 'no request fails: a part of nothing is not shown'],
];

const hasPrometheus = !spawnSync('prometheus', ['--version']).error;
const whenItIsThere = hasPrometheus ? describe : describe.skip;

interface Query {
  where: string;
  expr: string;
}

const panels: Query[] = readdirSync(folder('grafana/dashboards')).flatMap((file) => {
  const text = readFileSync(folder('grafana/dashboards', file), 'utf8');
  const { title, panels: all } = JSON.parse(text) as {
    title: string;
    panels: { title: string; targets: { expr: string }[] }[];
  };
  return all.flatMap((panel) =>
    panel.targets.map(({ expr }) => ({ where: `${title} / ${panel.title}`, expr })),
  );
});

/** The part of an alert before its threshold: what must have data, or the alert could never fire. */
const alerts: Query[] = (
  parse(readFileSync(folder('prometheus/rules/alerts.rules.yml'), 'utf8')) as {
    groups: { rules: { alert: string; expr: string }[] }[];
  }
).groups.flatMap(({ rules }) =>
  rules.map(({ alert, expr }) => ({
    where: alert,
    expr: expr.startsWith('absent')
      ? expr.replaceAll(/absent\((.*?)\)(?= or |$)/g, '$1')
      : (expr.split(/ (?:==|<|>) [\d.* ]+(?: and |$)/)[0] ?? expr),
  })),
);

whenItIsThere('on a Prometheus that watches a running Parley', () => {
  let world: World;
  let prometheus: PrometheusServer;

  beforeAll(async () => {
    world = await startWorld();
    const urlOf = (name: (typeof SERVICE_NAMES)[number]): string => world.subjects[name].main.url;
    const addresses = SERVICE_NAMES.map((name) => [name, new URL(urlOf(name)).host]);
    prometheus = await startPrometheus(Object.fromEntries(addresses) as Record<string, string>);
    const urls = Object.fromEntries(SERVICE_NAMES.map((name) => [name, urlOf(name)]));
    const [apiKey] = world.subjects.ingestion.around.keys;
    // What was there when a series was first scraped is in no rate.
    await eventually(
      'asr was not scraped',
      60_000,
      async () => (await prometheus.count('asr_segment_latency_seconds_count')) > 0,
    );
    await holdMeeting(urls, apiKey);
    await eventually(
      'the rules have no result',
      60_000,
      async () => (await prometheus.count('parley:segment_latency_seconds:p95_5m > 0')) > 0,
    );
  });

  afterAll(async () => {
    await prometheus.stop();
    await world.stop();
  });

  it.each(panels)('$where has data', ({ expr }) => tried(expr));

  it.each(alerts)('the alert $where looks at something that is there', ({ expr }) => tried(expr));

  async function tried(expr: string): Promise<void> {
    const asked = SERVICE_NAMES.map((name) => expr.replaceAll('$job', name));
    const series = async (): Promise<number> => {
      const found = await Promise.all([...new Set(asked)].map((query) => prometheus.count(query)));
      return Math.max(...found);
    };
    // What cannot have data here is at least a query that Prometheus understands.
    if (SILENT.some(([query]) => query.test(expr))) {
      await series();
      return;
    }
    // A rate is there once its series was scraped twice.
    await eventually(`${expr} has no data`, 15_000, async () => (await series()) > 0);
  }
});

async function holdMeeting(baseUrls: Record<string, string>, apiKey: string): Promise<void> {
  const parley = createParleyClient({
    baseUrls,
    apiKey,
    openSocket: (url) => new WebSocket(url),
  });
  const handbook = readFileSync(
    join(PROJECT_ROOT, 'apps/standalone/sample/documents/billing-policy.md'),
  );
  await parley.uploadDocument(new Blob([handbook]), 'billing-policy.md');
  const { id } = await unwrap(
    parley.ingestion.POST('/v1/meetings', { body: { title: 'Watched' } }),
  );
  const sender = await parley.sendAudio(id);
  const recording = readFileSync(join(PROJECT_ROOT, 'test/fixtures/conversation.wav'));
  await sender.send(recording.subarray(44));
  await sender.stop();
  const params = { path: { id } };
  await unwrap(parley.ingestion.POST('/v1/meetings/{id}/end', { params }));
  await unwrap(parley.rag.POST('/v1/search', { body: { query: 'refund' } }));
  await eventually('there is no final summary', 120_000, async () => {
    const { data } = await parley.agent.GET('/v1/meetings/{id}/summary', { params });
    return data?.status === 'final' ? data : undefined;
  });
}

function folder(...parts: string[]): string {
  return join(PROJECT_ROOT, 'docker/observability', ...parts);
}
