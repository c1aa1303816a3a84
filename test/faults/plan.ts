import type { Seeded } from '../harness/seeded';
import type { Allowance, Fault } from './fault';

/** Faults that strike one after the other while meetings are held. */
export interface PlannedEpisode {
  faults: Fault[];
  allowances: ReadonlySet<Allowance>;
}

/** Enough to get in each other's way, few enough to fit into one meeting. */
const FAULTS_IN_AN_EPISODE = 5;

/**
 * Spreads `count` faults over episodes: each kind comes before any comes again, in an order that the seed decides.
 * What allows for a loss is kept together, so that the other episodes prove more.
 */
export function planEpisodes(
  kinds: readonly Fault[],
  count: number,
  random: Seeded,
): PlannedEpisode[] {
  const chosen: Fault[] = [];
  while (chosen.length < count) {
    chosen.push(...shuffled(kinds, random).slice(0, count - chosen.length));
  }
  const groups = new Map<Allowance | 'nothing', Fault[]>();
  for (const fault of chosen) {
    const key = fault.allows ?? 'nothing';
    groups.set(key, [...(groups.get(key) ?? []), fault]);
  }
  return [...groups.values()].flatMap((faults) =>
    chunks(faults, FAULTS_IN_AN_EPISODE).map((some) => ({
      faults: some,
      allowances: new Set(some.flatMap(({ allows }) => (allows ? [allows] : []))),
    })),
  );
}

function shuffled<T>(items: readonly T[], random: Seeded): T[] {
  const keyed = items.map((item) => ({ item, at: random.next() }));
  return keyed.sort((a, b) => a.at - b.at).map(({ item }) => item);
}

/** Of about the same length, none longer than `longest`. */
function chunks<T>(items: readonly T[], longest: number): T[][] {
  const parts = Math.ceil(items.length / longest);
  const length = Math.ceil(items.length / Math.max(1, parts));
  return Array.from({ length: parts }, (_, at) => items.slice(at * length, (at + 1) * length));
}
