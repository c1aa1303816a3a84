import { SERVICE_NAMES, type ServiceName } from '@parley/config';
import { percentile } from '../percentile';

export interface MemoryAt {
  /** Of each meeting, in its own time. */
  minutes: number;
  megabytes: Record<ServiceName, number>;
}

/** Memory in the second and in the last quarter of the meetings; the first is for caches and compilers. */
export interface MemoryGrowth {
  before: number;
  after: number;
  most: number;
  /** Null when a quarter was looked at too seldom to say. */
  percent: number | null;
}

/** A median of fewer says what one look happened upon. */
const FEWEST_LOOKS = 10;

/** @param of which number of a look is meant: a service's, or all together */
export function growthOf(
  memory: MemoryAt[],
  hours: number,
  of: (at: MemoryAt) => number,
): MemoryGrowth {
  const quarter = (from: number): number[] =>
    memory
      .filter(({ minutes }) => minutes >= from * hours * 60 && minutes < (from + 0.25) * hours * 60)
      .map(of);
  const [early, late] = [quarter(0.25), quarter(0.75)];
  const [before, after] = [percentile(early, 50) ?? Number.NaN, percentile(late, 50) ?? Number.NaN];
  const enough = Math.min(early.length, late.length) >= FEWEST_LOOKS;
  return {
    before,
    after,
    most: Math.max(0, ...memory.map(of)),
    percent: enough ? (after / before - 1) * 100 : null,
  };
}

export function allTogether({ megabytes }: MemoryAt): number {
  return SERVICE_NAMES.reduce((sum, name) => sum + megabytes[name], 0);
}
