import type { Erasure } from '@parley/client';
import type { Bench } from '../measure';
import type { Finding } from '../report/finding';
import { markdownTable } from '../markdown-table';
import type { CoresUsed } from '../pipeline/processor-time';

const MOST_SECONDS = 5;

export interface MeasuredErasure {
  answeredMs: number;
  completeMs: number;
  /** In the mean, from the request to the complete receipt. */
  cores: CoresUsed;
  receipt: Erasure['receipt'];
  /** When each service's last word on it was, after the request. */
  reports: { service: string; afterMs: number }[];
}

export function erasureFindings({ answeredMs, completeMs }: MeasuredErasure): Finding[] {
  return [
    {
      what: 'a meeting of two hours is gone everywhere, the receipt signed',
      measured: completeMs / 1_000,
      unit: 's',
      goal: { atMost: MOST_SECONDS },
    },
    { what: 'nobody finds it any more', measured: answeredMs / 1_000, unit: 's' },
  ];
}

/** `docs/erasure-speed.md`. */
export function erasurePage(
  { measuredOn, machine }: Pick<Bench, 'measuredOn' | 'machine'>,
  about: string,
  measured: MeasuredErasure,
): string {
  const { answeredMs, completeMs, cores, receipt, reports } = measured;
  const { cpu, cores: count, system, node } = machine;
  const database = process.env.TEST_DATABASE_URL ? 'a real PostgreSQL' : 'the embedded Postgres';
  const stores = receipt.services.flatMap(({ service, stores: all }) =>
    all
      .filter(({ erased }) => erased > 0)
      .map(({ store, erased }) => [service, store, erased.toLocaleString('en')]),
  );
  const used = (one: number): string => seconds(one * completeMs);
  const answers = reports.map(({ service, afterMs }) => [service, seconds(afterMs)]);
  const times = [
    ['until nobody finds it (`DELETE` is answered)', seconds(answeredMs), ''],
    [
      'until it is gone everywhere (the receipt is signed)',
      seconds(completeMs),
      `<= ${MOST_SECONDS} s`,
    ],
  ];
  return `# How fast a meeting is erased

Written by \`npm run bench -- erasure\` on ${measuredOn}: ${cpu}, ${count} cores, ${system}, Node.js ${node}, a real Redis and
${database}. The six services run as processes of their own on the same cores. One run on one machine, which others
use, too.

A meeting of two hours: ${about}.

${markdownTable(['', 'measured', 'promised'], times)}

Processor time meanwhile: ingestion ${used(cores.ingestion)}, asr ${used(cores.asr)}, the other four services
${used(cores.others)}; all else on the machine, PostgreSQL and Redis among it, ${used(cores.rest)}.

When each service had erased its part:

${markdownTable(['service', 'after'], answers)}

What the receipt counts, besides ${receipt.bus?.messages.toLocaleString('en') ?? 'no'} messages on the bus:

${markdownTable(['service', 'where', 'erased'], stores)}
`;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(2)} s`;
}
