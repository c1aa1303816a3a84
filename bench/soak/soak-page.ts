import { SERVICE_NAMES } from '@parley/config';
import type { Machine } from '../machine';
import { markdownTable } from '../markdown-table';
import { allTogether, growthOf, type MemoryAt } from './memory-growth';
import type { SoakOptions } from './soak-options';

export interface SoakResult {
  lines: number;
  lostMs: number;
  unaccountedMs: number;
  memory: MemoryAt[];
  tookSeconds: number;
}

/** Between the second and the last quarter. */
export const PROMISED_PERCENT = 5;

/** `docs/soak.md`: the memory of each service early and late, side by side. */
export function soakPage(
  measuredOn: string,
  { cpu, cores, system, node }: Machine,
  { meetings, hours, speed, share }: SoakOptions,
  { lines, lostMs, unaccountedMs, memory, tookSeconds }: SoakResult,
): string {
  const row = (name: string, of: (at: MemoryAt) => number): string[] => {
    const { before, after, most, percent } = growthOf(memory, hours, of);
    const grown =
      percent === null ? 'too short to tell' : `${percent >= 0 ? '+' : ''}${percent.toFixed(1)} %`;
    return [name, inMegabytes(before), inMegabytes(after), grown, most.toFixed(0)];
  };
  return [
    '# Whether memory stays what it is',
    `Written by \`npm run bench -- soak\` on ${measuredOn}: ${cpu}, ${cores} cores, ${system}, Node.js ${node}, a real Redis and ` +
      `${process.env.TEST_DATABASE_URL ? 'a real PostgreSQL' : 'the embedded Postgres'}. ` +
      `Meetings at a time: ${meetings}. Each was ${hours * 60} minutes long in its own time with speech in ${(share * 100).toFixed(0)} % of it, ` +
      `and sent up to ${speed} times as fast as people speak, which took ${(tookSeconds / 60).toFixed(1)} minutes; the real speech engine, every service a process of its own.`,
    '![Memory of the six services over the time of a meeting](images/bench-soak.svg)',
    markdownTable(
      ['memory, MB', 'second quarter', 'last quarter', 'growth', 'most'],
      [
        ...SERVICE_NAMES.map((name) => row(name, ({ megabytes }) => megabytes[name])),
        row('**all six**', allTogether),
      ],
    ),
    `Medians of the memory that a process shares with no other, looked at every five seconds. Promised: flat within ${PROMISED_PERCENT} %, ` +
      'from the second quarter of the meetings to the last; the first is for caches and compilers. ' +
      `${lines} lines came of it; ${lostMs} ms of audio were lost or shed, ${unaccountedMs} ms are unaccounted for.`,
  ]
    .join('\n\n')
    .concat('\n');
}

/** @param size NaN for a quarter that ended before anybody looked */
function inMegabytes(size: number): string {
  return Number.isNaN(size) ? 'not looked at' : size.toFixed(0);
}
