import type { Machine } from '../machine';
import { markdownTable } from '../markdown-table';
import type { Carried } from './carried';
import type { BreakerAnswers } from './open-breaker';
import type { PartCosts } from './part-costs';
import { shareOf, type RequestCost } from './request-costs';

export interface DeliveryFindings {
  providerMs: number;
  carried: Carried[];
  breaker: BreakerAnswers;
  requests: RequestCost[];
  parts: PartCosts;
}

/** What is promised: of one replica, of an answer while the breaker is open, and of what guards add to a request. */
export const LEAST_PER_SECOND = 200;
export const MOST_OPEN_BREAKER_MS = 10;
export const MOST_SHARE_PERCENT = 5;

/** `docs/delivery-speed.md`: what was measured, beside what is promised. */
export function deliveriesPage(
  measuredOn: string,
  { cpu, cores, system, node }: Machine,
  { providerMs, carried, breaker, requests, parts }: DeliveryFindings,
): string {
  const [first] = carried;
  const openShare = first ? parts.open / (first.replicaCpuMs * 1_000) : Number.NaN;
  return [
    '# How fast deliveries are',
    `Written by \`node test/servers/run.mjs -- npm run bench -- deliveries\` on ${measuredOn}: ${cpu}, ${cores} cores, ${system}, Node.js ${node}. ` +
      `One replica of integrations in a process of its own, with its default settings and logs, a real PostgreSQL and a real Redis; the provider, on loopback, takes ${providerMs} ms for each answer. ` +
      'Other programs may have used the machine at the same time: processor time stands beside wall time for that reason.',
    '## Deliveries',
    'All actions are announced at once, as agent announces what people approve; the clock runs from the first announcement until the last delivery is told as succeeded. The provider counts exactly one call for each.',
    markdownTable(
      [
        'provider',
        'deliveries',
        'a second',
        'promised',
        'processor: replica',
        'processor: PostgreSQL',
        'cores the replica got',
      ],
      carried.map((each) => [
        each.name,
        each.deliveries.toLocaleString('en'),
        each.perSecond.toFixed(0),
        `${LEAST_PER_SECOND}`,
        ms(each.replicaCpuMs),
        ms(each.postgresCpuMs),
        ((each.perSecond * each.replicaCpuMs) / 1_000).toFixed(2),
      ]),
    ),
    'The replica works on one thread: what one core would carry is a second divided by its processor time of one delivery.',
    '## An open breaker',
    `${breaker.attempts} attempts one after the other over HTTP (\`POST /v1/connections/{id}/test\`), the request and its look at the database included. While the breaker is open the provider gets no call.`,
    markdownTable(
      ['breaker', 'p50', 'p95', 'promised'],
      [
        ['closed, the provider answers', ms(breaker.well.p50), ms(breaker.well.p95), ''],
        ['open', ms(breaker.open.p50), ms(breaker.open.p95), `<= ${MOST_OPEN_BREAKER_MS} ms`],
      ],
    ),
    '## Sealing and scoping',
    'Processor time of the replica for one request: with an API key of a workspace and with secrets sealed by AES-256-GCM, and the same without a key and with secrets left plain, in turns in one process. The difference is the median over pairs of rounds that follow each other, with the interval in which it lies with 95 % certainty: where that holds zero, what is measured cannot be told from noise. The last row has neither on both sides. The last column adds up what the parts take, each called by itself between other work, so that nothing of it is at hand. The workspace in each query’s `WHERE` is part of both.',
    markdownTable(
      ['request', 'with', 'without', 'difference', 'promised', 'parts by themselves'],
      requests.map((cost) => [
        cost.name,
        us(cost.guardedUs),
        us(cost.baselineUs),
        difference(cost),
        cost.isNoise ? '' : `<= ${MOST_SHARE_PERCENT} %`,
        cost.isNoise ? '' : percent(partsOf(cost, parts) / cost.guardedUs),
      ]),
    ),
    markdownTable(
      ['part', 'time'],
      [
        ['who shows a key, and whether it has the scope', us(parts.scope)],
        ['sealing the secret of a connection', us(parts.seal)],
        [
          `opening it, once for each delivery (${percent(openShare)} of one to a webhook)`,
          us(parts.open),
        ],
      ],
    ),
  ]
    .join('\n\n')
    .concat('\n');
}

function ms(value: number): string {
  return Number.isNaN(value) ? 'not measured' : `${value.toFixed(1)} ms`;
}

function difference(cost: RequestCost): string {
  const { median, from, to } = shareOf(cost);
  const [middle, low, high] = [median, from, to].map((value) => percent(value / 100));
  return `${middle} (${low} to ${high})`;
}

function partsOf({ parts: names }: RequestCost, parts: PartCosts): number {
  return names.reduce((sum, name) => sum + parts[name], 0);
}

function us(value: number): string {
  return `${value.toFixed(value < 100 ? 1 : 0)} µs`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
