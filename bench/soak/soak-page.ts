import { SERVICE_NAMES, type ServiceName } from '@parley/config';
import type { Machine } from '../machine';
import { markdownTable } from '../markdown-table';
import { percentile } from '../percentile';
import type { SoakOptions } from './soak-options';

export interface MemoryAt {
  /** Of each meeting, in its own time. */
  minutes: number;
  megabytes: Record<ServiceName, number>;
}

export interface SoakResult {
  lines: number;
  lostMs: number;
  unaccountedMs: number;
  memory: MemoryAt[];
  tookSeconds: number;
}

const PROMISED_PERCENT = 5;

/** `docs/soak.md`: the memory of each service early and late, side by side. */
export function soakPage(
  measuredOn: string,
  { cpu, cores, system, node }: Machine,
  { meetings, hours, speed, share }: SoakOptions,
  { lines, lostMs, unaccountedMs, memory, tookSeconds }: SoakResult,
): string {
  const between = (from: number, to: number): MemoryAt[] =>
    memory.filter(({ minutes }) => minutes >= from * hours * 60 && minutes < to * hours * 60);
  const early = between(0.25, 0.5);
  const late = between(0.75, 1);
  const row = (name: string, of: (at: MemoryAt) => number): string[] => {
    const median = (part: MemoryAt[]): number => percentile(part.map(of), 50) ?? 0;
    const [before, after] = [median(early), median(late)];
    const growth = before ? (after / before - 1) * 100 : 0;
    const most = Math.max(...memory.map(of));
    const grown = `${growth >= 0 ? '+' : ''}${growth.toFixed(1)} %`;
    return [name, before.toFixed(0), after.toFixed(0), grown, most.toFixed(0)];
  };
  const all = ({ megabytes }: MemoryAt): number =>
    SERVICE_NAMES.reduce((sum, name) => sum + megabytes[name], 0);
  return [
    '# Whether memory stays what it is',
    `Written by \`npm run bench -- soak\` on ${measuredOn}: ${cpu}, ${cores} cores, ${system}, Node.js ${node}, a real Redis and ` +
      `${process.env.TEST_DATABASE_URL ? 'a real PostgreSQL' : 'the embedded Postgres'}. ` +
      `${meetings} meetings at a time, each ${hours * 60} minutes long in its own time with speech in ${(share * 100).toFixed(0)} % of it, ` +
      `were sent up to ${speed} times as fast as people speak, which took ${(tookSeconds / 60).toFixed(0)} minutes; the real speech engine, every service a process of its own.`,
    '![Memory of the six services over the time of a meeting](images/soak.svg)',
    markdownTable(
      ['memory, MB', 'second quarter', 'last quarter', 'growth', 'most'],
      [
        ...SERVICE_NAMES.map((name) => row(name, ({ megabytes }) => megabytes[name])),
        row('**all six**', all),
      ],
    ),
    `Medians of the proportional set size, looked at every five seconds. Promised: flat within ${PROMISED_PERCENT} %. ` +
      `${lines} lines came of it; ${lostMs} ms of audio were lost or shed, ${unaccountedMs} ms are unaccounted for.`,
  ]
    .join('\n\n')
    .concat('\n');
}
