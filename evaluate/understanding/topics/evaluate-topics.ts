import { analyseText } from '../../../apps/nlu/src/analysis/analyse-text';
import {
  BOUNDARY_TUNING,
  findBoundaries,
  type BoundaryTuning,
} from '../../../apps/nlu/src/meeting-topics/find-boundaries';
import { toTopicLine, type TopicLine } from '../../../apps/nlu/src/meeting-topics/topic-line';
import { Seeded } from '../../../test/harness/seeded';
import type { RealMeetings } from '../real-meetings';
import { row, sum, type DividedMeeting, type Divide, type TopicRow } from './divided-meetings';
import { whileRunning, type RunningRow } from './running-topics';
import { evenly, scoreSegmentation } from './segmentation-score';

export interface TopicQuality {
  /** Of the meetings that nothing was chosen on. */
  heldOut: TopicComparison;
  /** Every meeting with what is chosen on all others; null where nothing was chosen on any of them. */
  eachLeftOut: TopicComparison | null;
  /** What is best on the meetings it is chosen on, and everything as good, with its mean on those held out. */
  chosen: { tuning: BoundaryTuning; heldOut: TopicRow }[];
  /** As all of the meetings were found while they ran, by what ships. */
  running: RunningRow[];
}

export interface TopicComparison {
  meetings: number;
  boundaries: number;
  /** In how many meetings Parley is nearer to people than the even division that knows the number, by both measures together. */
  nearer: number;
  rows: TopicRow[];
}

export const OURS = 'Parley';
export const EVENLY = 'even parts, told the true number';

const TUNINGS: BoundaryTuning[] = [3, 4, 5, 6, 7, 8].flatMap((penalty) =>
  [4, 8].flatMap((unitSegments) =>
    [1, 2].map((leastUnits) => ({ unitSegments, leastUnits, penalty })),
  ),
);
const RANDOM_DRAWS = 200;

/** @param heldOutFrom of the meetings before this one the tuning was chosen on */
export function evaluateTopics(
  { meetings, boundaries }: RealMeetings,
  heldOutFrom: number,
): TopicQuality | null {
  const all = meetings.map((turns, nth) => ({
    lines: boundaries[nth] === null ? [] : turns.map(({ text }) => understood(text)),
    truth: boundaries[nth] ?? [],
  }));
  const [chosenOn, heldOut] = [all.slice(0, heldOutFrom), all.slice(heldOutFrom)].map((part) =>
    part.filter(({ truth }) => truth.length > 0),
  );
  if (!chosenOn || !heldOut || heldOut.length === 0) return null;
  const everyone = [...chosenOn, ...heldOut];
  const tried = TUNINGS.map((tuning) => ({
    tuning,
    errors: everyone.map((meeting) => errorOf(meeting, findBoundaries(meeting.lines, tuning))),
  }));
  const without = everyone.map((_, left) => bestOf(tried, (nth) => nth !== left)[0]);
  return {
    heldOut: compare(heldOut, ({ lines }) => findBoundaries(lines, BOUNDARY_TUNING)),
    eachLeftOut:
      chosenOn.length === 0
        ? null
        : compare(everyone, ({ lines }, nth) => findBoundaries(lines, without[nth])),
    chosen: (chosenOn.length === 0 ? [] : bestOf(tried, (nth) => nth < chosenOn.length)).map(
      (tuning) => ({
        tuning,
        heldOut: row(OURS, heldOut, ({ lines }) => findBoundaries(lines, tuning)),
      }),
    ),
    running: whileRunning(everyone),
  };
}

function understood(text: string): TopicLine {
  return toTopicLine(analyseText(text, { at: new Date(0), timeZone: 'UTC', participants: [] }));
}

function errorOf({ lines, truth }: DividedMeeting, found: readonly number[]): number {
  const { pk, windowDiff } = scoreSegmentation(truth, found, lines.length);
  return pk + windowDiff;
}

function bestOf(
  tried: readonly { tuning: BoundaryTuning; errors: readonly number[] }[],
  counts: (nth: number) => boolean,
): BoundaryTuning[] {
  const sums = tried.map(({ errors }) =>
    errors.reduce((sum, error, nth) => (counts(nth) ? sum + error : sum), 0),
  );
  const least = Math.min(...sums);
  return tried.flatMap(({ tuning }, at) => ((sums[at] ?? Infinity) - least < 1e-9 ? tuning : []));
}

function compare(meetings: readonly DividedMeeting[], ours: Divide): TopicComparison {
  const found = meetings.map(ours);
  const even: Divide = ({ lines, truth }) => evenly(lines.length, truth.length);
  return {
    meetings: meetings.length,
    boundaries: sum(meetings.map(({ truth }) => truth.length)),
    nearer: meetings.filter(
      (meeting, nth) => errorOf(meeting, found[nth] ?? []) < errorOf(meeting, even(meeting, nth)),
    ).length,
    rows: [
      row(OURS, meetings, (_, nth) => found[nth] ?? []),
      row(EVENLY, meetings, even),
      row('even parts, as many as Parley finds', meetings, ({ lines }, nth) =>
        evenly(lines.length, found[nth]?.length ?? 0),
      ),
      randomRow(meetings),
      row('no boundary', meetings, () => []),
    ],
  };
}

function randomRow(meetings: readonly DividedMeeting[]): TopicRow {
  const random = new Seeded(42);
  const draw: Divide = ({ lines, truth }) => random.some([...lines.keys()].slice(1), truth.length);
  const name = 'anywhere, told the true number';
  const draws = Array.from({ length: RANDOM_DRAWS }, () => row(name, meetings, draw));
  return {
    name,
    boundaries: draws[0]?.boundaries ?? 0,
    pk: sum(draws.map(({ pk }) => pk)) / draws.length,
    windowDiff: sum(draws.map(({ windowDiff }) => windowDiff)) / draws.length,
  };
}
