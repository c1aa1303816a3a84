import type { Machine } from '../machine';
import { markdownTable } from '../markdown-table';
import { CONNECTIONS, EVEN_PER_SECOND, type Round } from './measured-server';
import type { ServiceFigures } from './services';

/** What one variant of the route cost, medians over all rounds. */
export interface CostRow {
  name: string;
  /** The platform, of which something is promised; the others are baselines. */
  ours: boolean;
  traced: boolean;
  cpuUs: number;
  p50Ms: number;
  p99Ms: number;
  perSecond: number;
  failures: number;
  rounds: Round[];
}

/** What is promised of everything on, in times of the bare route. */
export const MOST_CPU = 1.4;
export const MOST_CPU_TRACED = 2.6;
export const MOST_P99 = 1.5;
/** And of an idle service without engines. */
export const MOST_MEMORY_MB = 120;
export const MOST_START_SECONDS = 1;

/** `docs/platform-cost.md`: each variant beside the first, which is the baseline, and what the services need idle. */
export function platformCostPage(
  measuredOn: string,
  machine: Machine,
  rows: CostRow[],
  services: ServiceFigures[],
): string {
  const [baseline] = rows;
  if (!baseline) throw new RangeError('nothing was measured');
  const sum = services.reduce((total, { pssMb }) => total + pssMb, 0);
  return [
    '# What the platform costs',
    `Written by \`npm run bench -- http\` on ${measuredOn}: ${machine.cpu}, ${machine.cores} cores, ${machine.system}, Node.js ${machine.node}. ` +
      `One POST of 54 bytes of JSON, ${CONNECTIONS} connections, all variants in turns in one run, each server and the load in a process of its own; medians over the rounds. ` +
      `Processor time and requests a second are those of a server that is kept busy; p50 and p99 are those of ${EVEN_PER_SECOND} requests a second, which come whether the ones before are answered or not. ` +
      '“Everything” is request id, security headers, API key, deadline, body rules, validation, rate limit, idempotency, metrics and logs. ' +
      `Promised: at most ${MOST_CPU} times the processor time of the bare route with everything on, ${MOST_CPU_TRACED} times when traced, a p99 of at most ${MOST_P99} times.`,
    markdownTable(
      [
        'POST',
        'processor µs a request',
        'against bare',
        `p50 ms at ${EVEN_PER_SECOND}/s`,
        `p99 ms at ${EVEN_PER_SECOND}/s`,
        'p99 against bare',
        'requests a second',
        'processor µs, lowest to highest',
        'failures',
      ],
      rows.map((row) => [
        row.name,
        row.cpuUs.toFixed(0),
        `${(row.cpuUs / baseline.cpuUs).toFixed(2)}x`,
        row.p50Ms.toFixed(2),
        row.p99Ms.toFixed(2),
        `${(row.p99Ms / baseline.p99Ms).toFixed(2)}x`,
        row.perSecond.toFixed(0),
        extremes(row.rounds.map(({ cpuUs }) => cpuUs)),
        `${row.failures}`,
      ]),
    ),
    '## The services, idle',
    `Each in a process of its own against a real Redis and ${process.env.TEST_DATABASE_URL ? 'a real PostgreSQL' : 'the embedded Postgres'}; memory is the proportional set size ten seconds after the last was ready, starts are medians of five, and processor time is that of all threads. Promised: at most ${MOST_MEMORY_MB} MB for a service without engines, ready within ${MOST_START_SECONDS} s.`,
    markdownTable(
      ['service', 'memory MB', 'start to ready s', 'processor s', ''],
      [
        ...services.map(({ name, pssMb, readySeconds, readyCpuSeconds, note }) => [
          name,
          figure(pssMb, 0),
          readySeconds.toFixed(2),
          figure(readyCpuSeconds, 2),
          note,
        ]),
        ['**all six**', figure(sum, 0), '', '', ''],
      ],
    ),
  ]
    .join('\n\n')
    .concat('\n');
}

function figure(value: number, digits: number): string {
  return Number.isNaN(value) ? 'not told' : value.toFixed(digits);
}

function extremes(values: number[]): string {
  return `${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)}`;
}
