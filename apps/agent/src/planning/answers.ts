import type { SpokenLine } from './draft';
import { questionOf } from './questions';
import { overlap } from './sentences';

/** An answer follows its question closely, or it answers something else. */
export const ANSWER_WITHIN_LINES = 3;
const ANSWER_OVERLAP = 0.2;

/** Whether a line spoken soon after a question answers it: it asks nothing and shares words with it. */
export function answers(line: SpokenLine, question: string): boolean {
  return questionOf(line) === null && overlap(line.segment.text, question) >= ANSWER_OVERLAP;
}
