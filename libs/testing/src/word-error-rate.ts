import { spokenWords } from './spoken-words';

/** How a transcript differs from what was said, in words. */
export interface WordErrors {
  substitutions: number;
  deletions: number;
  insertions: number;
  /** Words that were said. */
  words: number;
  /** Errors per word said: 0 is perfect; above 1 when more was made up than was said. */
  rate: number;
}

/**
 * Compares a transcript with what was said, both normalised by `spokenWords`, at the least number of
 * substituted, missing and added words.
 */
export function wordErrors(said: string, heard: string): WordErrors {
  const reference = spokenWords(said);
  const hypothesis = spokenWords(heard);
  let above = hypothesis.map((_, index) => step(index + 1, 0, 0, index + 1));
  above.unshift(step(0, 0, 0, 0));
  for (const [row, word] of reference.entries()) {
    const current = [step(row + 1, 0, row + 1, 0)];
    for (const [column, other] of hypothesis.entries()) {
      current.push(cheapest(above, current, column, word === other));
    }
    above = current;
  }
  const { cost, ...errors } = above[hypothesis.length] as Step;
  const words = reference.length;
  return { ...errors, words, rate: words === 0 ? Math.min(cost, 1) : cost / words };
}

/** Errors per word said. @see wordErrors */
export function wordErrorRate(said: string, heard: string): number {
  return wordErrors(said, heard).rate;
}

interface Step {
  cost: number;
  substitutions: number;
  deletions: number;
  insertions: number;
}

function step(cost: number, substitutions: number, deletions: number, insertions: number): Step {
  return { cost, substitutions, deletions, insertions };
}

function cheapest(above: Step[], current: Step[], column: number, same: boolean): Step {
  const diagonal = above[column] as Step;
  if (same) return diagonal;
  const up = above[column + 1] as Step;
  const left = current[column] as Step;
  const least = Math.min(diagonal.cost, up.cost, left.cost);
  if (diagonal.cost === least) {
    return { ...diagonal, cost: least + 1, substitutions: diagonal.substitutions + 1 };
  }
  if (up.cost === least) return { ...up, cost: least + 1, deletions: up.deletions + 1 };
  return { ...left, cost: least + 1, insertions: left.insertions + 1 };
}
