import type { Corpus } from './bm25';

/** More chunks than this are not scored for one query. */
export const MAX_CANDIDATES = 600;

/** Which chunks are fetched to be scored: those that hold what is asked for here. */
export interface Wanted {
  /** Any of these; together they stand in no more than {@link MAX_CANDIDATES}, unless it is only one. */
  any: string[];
  /**
   * Set when the one term of `any` stands in more chunks than are scored: those that hold one of these beside it are
   * taken first, for two terms of a query weigh more than one said often, and what is left is filled with those that say it most.
   */
  beside?: string[];
}

/**
 * The terms worth fetching chunks for: rarest first, until they bring enough chunks. What only holds the common
 * ones could not get far; what is fetched is scored by all terms.
 */
export function wantedTerms(corpus: Corpus): Wanted {
  const byRarity = [...corpus.frequencies]
    .filter(([, frequency]) => frequency > 0)
    .sort(([, a], [, b]) => a - b);
  const any: string[] = [];
  let chunks = 0;
  for (const [term, frequency] of byRarity) {
    if (any.length > 0 && chunks + frequency > MAX_CANDIDATES) break;
    any.push(term);
    chunks += frequency;
  }
  if (chunks <= MAX_CANDIDATES) return { any };
  return { any, beside: byRarity.slice(any.length).map(([term]) => term) };
}
