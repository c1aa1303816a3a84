import { cpus } from 'node:os';
import type { HeldMeetings, HoldOptions } from './held-meetings.main';
import { orderProgram, ProgramFailedError } from '../order-program';
import type { Finding, Plot } from '../report/finding';
import { requireProcessFigures } from '../process-tree';
import { inMs, type Measurement } from './measurement';
import { peakMemory } from './peak-memory';
import { processorTime, type CoresUsed } from './processor-time';
import { withSystem, type RunningSystem } from './running-system';

/** Up to what a core carries live, the most that must hold, and the way to the goal; what does not hold ends it. */
const COUNTS = [10, 20, 30, 40, 50];
const SECONDS = 60;
const SHARE = 0.4;
/** So many meetings are held first, each with another text, to know how many lines there are in each. */
const DIFFERENT = 5;
/** Promised of asr: so much for itself, and so much more for each stream. */
const OWN_MB = 500;
const STREAM_MB = 3;
/** A provisional line as often as this, and it counts as live. */
const LIVE_MS = 1_000;
/** Whoever reads what was said later than this does not follow the talk. */
const LATE_MS = 5_000;

interface Attempt {
  count: number;
  /** Null when they could not be held to the end. */
  result: HeldMeetings | null;
  cores: CoresUsed & { load: number };
  /** Of asr with its engines, at its most. */
  memoryMb: number;
  holds: boolean;
}

/** How many meetings at a time the machine carries, with the real engine, and what makes the load on the same cores. */
export const meetingsMeasurement: Measurement = {
  name: 'meetings',
  canBeSmall: false,
  run: (say) => {
    requireProcessFigures();
    return withSystem({ settings: { ASR_MAX_MEETINGS: '1000' } }, async (system) => {
      const few = await attempt(system, DIFFERENT, null, say);
      if (!few.result) throw new Error('not even a few meetings could be held');
      const attempts: Attempt[] = [few];
      for (const count of counts(process.env.BENCH_MEETINGS)) {
        const next = await attempt(system, count, few.result.finals, say);
        attempts.push(next);
        if (!next.holds) break;
      }
      return { findings: figures(attempts), plots: plotsOf(attempts) };
    });
  },
};

async function attempt(
  system: RunningSystem,
  count: number,
  expected: number[] | null,
  say: (line: string) => void,
): Promise<Attempt> {
  say(`${count} meetings for ${SECONDS} s …`);
  const startedAt = performance.now();
  const used = processorTime(system);
  const held = peakMemory(system.pidOf('asr'));
  const { urls } = system.client;
  const result = await heldMeetings({
    ...{ urls, count, seconds: SECONDS, share: SHARE, different: DIFFERENT },
  });
  const cores = used();
  const memoryMb = held();
  const load = (result?.cpuMs ?? 0) / (performance.now() - startedAt);
  const made = {
    count,
    result,
    cores: { ...cores, load, rest: cores.rest - load },
    memoryMb,
    holds: result !== null && holds(result, expected),
  };
  say(`  ${described(made, expected)}`);
  return made;
}

/** Everything is accounted for, nothing was given up, and as much was understood as when there are few. */
function holds(
  { lostMs, unaccountedMs, finals }: HeldMeetings,
  expected: number[] | null,
): boolean {
  const asFew = finals.every((lines, nth) => !expected || lines === expected[nth % DIFFERENT]);
  return lostMs === 0 && unaccountedMs === 0 && asFew;
}

function figures(attempts: Attempt[]): Finding[] {
  const good = attempts.filter((one) => one.holds).sort((a, b) => a.count - b.count);
  const best = good.at(-1);
  const failed = attempts.find((one) => !one.holds);
  const expected = attempts[0]?.result?.finals ?? null;
  const share = attempts[0]?.result?.speechShare ?? 0;
  return [
    {
      what: `live meetings at a time on ${cpus().length} cores, the load included`,
      measured: best?.count ?? 0,
      unit: 'meetings',
      goal: { atLeast: 20 },
      note:
        `${(share * 100).toFixed(0)} % speech in each; everything accounted for, nothing shed or lost, every final line; ` +
        (failed
          ? `${failed.count} do not hold: ${described(failed, expected)}`
          : 'more were not tried; 50 is the goal'),
    },
    liveACore(good),
    ...good.map(({ count, memoryMb }) => ({
      what: `${count} at a time: memory of asr, at its most`,
      measured: memoryMb,
      unit: 'MB',
      goal: { atMost: OWN_MB + STREAM_MB * count },
    })),
    ...good.map((one) => ({
      what: `${one.count} at a time: final line after the last word, p95`,
      measured: one.result?.finalP95Ms ?? null,
      unit: 'ms',
      note: described(one, null),
    })),
  ];
}

/** How late a line is, by how many meetings are held at a time. */
function plotsOf(attempts: Attempt[]): Plot[] {
  const points = attempts.flatMap(({ count, holds: held, result }) => {
    const late = held ? (result?.finalP95Ms ?? null) : null;
    return late === null ? [] : [{ x: count, y: late }];
  });
  if (points.length < 2) return [];
  return [
    {
      kind: 'lines',
      id: 'meetings',
      title: 'Final line after the last word, by meetings at a time',
      xUnit: 'meetings at a time',
      yUnit: 'ms',
      lines: [{ name: 'p95', points: points.sort((a, b) => a.x - b.x) }],
    },
  ];
}

function liveACore(good: readonly Attempt[]): Finding {
  const live = good.filter(
    ({ result }) =>
      (result?.partialEveryMs ?? Infinity) <= LIVE_MS &&
      (result?.finalP95Ms ?? Infinity) <= LATE_MS,
  );
  const most = live.at(-1);
  return {
    what: 'live meetings a core of asr, with a provisional line at least every second',
    measured: most ? most.count / most.cores.asr : null,
    unit: 'meetings',
    goal: { atLeast: 12 },
    ...(most ? { note: `${most.count} on ${most.cores.asr.toFixed(2)} cores` } : {}),
  };
}

function described({ result, cores }: Attempt, expected: number[] | null): string {
  const shares =
    `cores used: asr ${cores.asr.toFixed(2)}, ingestion ${cores.ingestion.toFixed(2)}, ` +
    `the other services ${cores.others.toFixed(2)}, the load ${cores.load.toFixed(2)}, ` +
    `the rest of the machine ${cores.rest.toFixed(2)}`;
  if (!result) return `they were not held to the end; ${shares}`;
  const lines = result.finals.reduce((sum, count) => sum + count, 0);
  const wanted = expected
    ? ` of ${result.finals.reduce((sum, _, nth) => sum + (expected[nth % DIFFERENT] ?? 0), 0)}`
    : '';
  const gone =
    result.lostMs + result.unaccountedMs > 0
      ? `, ${result.lostMs} ms lost or shed, ${result.unaccountedMs} ms unaccounted for`
      : '';
  return `p50 ${inMs(result.finalP50Ms)}, p95 ${inMs(result.finalP95Ms)}; a provisional line every ${inMs(result.partialEveryMs)}; ${lines}${wanted} lines${gone}; ${shares}`;
}

/** @param named instead of the usual ones, for who looks for a limit: `20,25` */
function counts(named: string | undefined): number[] {
  return named ? named.split(',').map(Number) : COUNTS;
}

async function heldMeetings(options: HoldOptions): Promise<HeldMeetings | null> {
  try {
    return await orderProgram<HeldMeetings>('pipeline/held-meetings', options);
  } catch (error) {
    if (error instanceof ProgramFailedError) return null;
    throw error;
  }
}
