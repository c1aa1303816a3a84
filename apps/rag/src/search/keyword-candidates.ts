import type { Corpus } from './bm25';

/** More chunks than this are not scored for one query. */
export const MAX_CANDIDATES = 600;

/**
 * The terms worth fetching chunks for: rarest first, until they bring enough chunks. What only holds the common
 * ones could not get far; what is fetched is scored by all terms.
 */
export function wantedTerms(corpus: Corpus): string[] {
  const byRarity = [...corpus.frequencies]
    .filter(([, frequency]) => frequency > 0)
    .sort(([, a], [, b]) => a - b);
  const wanted: string[] = [];
  let chunks = 0;
  for (const [term, frequency] of byRarity) {
    if (wanted.length > 0 && chunks + frequency > MAX_CANDIDATES) break;
    wanted.push(term);
    chunks += frequency;
  }
  return wanted;
}
