import { findBoundaries } from '../../../apps/nlu/src/meeting-topics/find-boundaries';
import { row, sum, type DividedMeeting } from './divided-meetings';
import { evenly } from './segmentation-score';

/** How meetings are divided when so much of them was spoken. */
export interface RunningRow {
  /** 0.5 is half of it. */
  spoken: number;
  boundaries: number;
  found: number;
  /** Of those found, how many are still there, or near by, when all was spoken. */
  kept: number;
  pk: number;
  evenPk: number;
  nonePk: number;
}

const PARTS = [0.25, 0.5, 0.75];
/** Two of the shortest units: a boundary that moves by so many segments is the same one. */
const NEAR_SEGMENTS = 8;

export function whileRunning(meetings: readonly DividedMeeting[]): RunningRow[] {
  const atTheEnd = meetings.map(({ lines }) => findBoundaries(lines));
  return PARTS.map((spoken) => {
    const begun = meetings.map(({ lines, truth }) => {
      const length = Math.round(lines.length * spoken);
      return { lines: lines.slice(0, length), truth: truth.filter((at) => at < length) };
    });
    const found = begun.map(({ lines }) => findBoundaries(lines));
    const kept = found.map((boundaries, nth) =>
      boundaries.filter((at) =>
        atTheEnd[nth]?.some((other) => Math.abs(at - other) <= NEAR_SEGMENTS),
      ),
    );
    return {
      spoken,
      boundaries: sum(begun.map(({ truth }) => truth.length)),
      found: sum(found.map(({ length }) => length)),
      kept: sum(kept.map(({ length }) => length)),
      pk: row('', begun, (_, nth) => found[nth] ?? []).pk,
      evenPk: row('', begun, ({ lines, truth }) => evenly(lines.length, truth.length)).pk,
      nonePk: row('', begun, () => []).pk,
    };
  });
}
