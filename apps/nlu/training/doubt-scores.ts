import { isDoubtful } from '../src/refinement/doubt';
import type { Judged } from './intent-scores';

/** How much a classifier leaves to a model, and what it is right about by itself. Shares: 0 to 1; NaN of none. */
export interface DoubtScore {
  /** Of all utterances, those that a model would be asked about. */
  inDoubt: number;
  /** Of those, the ones that the classifier is right about. */
  rightInDoubt: number;
  /** The same of the others. */
  rightElse: number;
}

export function doubtOf(judged: readonly (Judged & { text: string })[]): DoubtScore {
  const doubtful = judged.filter((one) => isDoubtful(one.text, one));
  const others = judged.filter((one) => !doubtful.includes(one));
  return {
    inDoubt: doubtful.length / judged.length,
    rightInDoubt: rightOf(doubtful),
    rightElse: rightOf(others),
  };
}

function rightOf(judged: readonly Judged[]): number {
  return judged.filter(({ intent, found }) => intent === found).length / judged.length;
}
