import type { TopicLine } from '../../../apps/nlu/src/meeting-topics/topic-line';
import { scoreSegmentation, type SegmentationScore } from './segmentation-score';

/** A meeting as nlu knows it, and where people heard a new topic begin. */
export interface DividedMeeting {
  lines: TopicLine[];
  truth: number[];
}

/** The mean over meetings of one way of dividing them. */
export interface TopicRow extends SegmentationScore {
  name: string;
  /** How many boundaries it set. */
  boundaries: number;
}

/** @param nth which of the meetings that are divided */
export type Divide = (meeting: DividedMeeting, nth: number) => number[];

export function row(name: string, meetings: readonly DividedMeeting[], divide: Divide): TopicRow {
  const divided = meetings.map((meeting, nth) => divide(meeting, nth));
  const scores = meetings.map(({ lines, truth }, nth) =>
    scoreSegmentation(truth, divided[nth] ?? [], lines.length),
  );
  return {
    name,
    boundaries: sum(divided.map(({ length }) => length)),
    pk: sum(scores.map(({ pk }) => pk)) / scores.length,
    windowDiff: sum(scores.map(({ windowDiff }) => windowDiff)) / scores.length,
  };
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
