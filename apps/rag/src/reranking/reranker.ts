import type { Waiting } from '@parley/ai';

/** Reads a question and a passage together, which says better than words and vectors whether the one answers the other. */
export abstract class Reranker {
  abstract readonly name: string;
  /**
   * How well each of these texts answers, in their order: more is better. Scores of one call compare, and no others.
   * @throws ModelFailedError
   */
  abstract scores(query: string, texts: string[], waiting?: Waiting): Promise<number[]>;
}
