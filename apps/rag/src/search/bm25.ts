/** How common things are in a workspace. */
export interface Corpus {
  chunks: number;
  averageWords: number;
  /** Of each query term, in how many chunks it stands; a term that stands nowhere is there with 0. */
  frequencies: ReadonlyMap<string, number>;
  /** Of terms that are only spelled like one of the query, how much they are: they count less by that. */
  alike?: ReadonlyMap<string, number>;
}

/** Where a chunk stands: in which document or meeting, counted from 0. */
export interface Place {
  sourceId: string;
  ordinal: number;
}

/** A chunk that holds at least one query term. */
export interface Candidate extends Place {
  id: string;
  words: number;
  /** How often it holds each of the corpus' terms, in their order. */
  counts: readonly number[];
}

/** The usual constants (Robertson): how soon repetition stops to count, and how much length does. */
export const K1 = 1.2;
const B = 0.75;

/** How much it says that a chunk holds `term`: much for a rare one, less for one that is only spelled alike. */
export function inverseFrequency(corpus: Corpus, term: string): number {
  const frequency = corpus.frequencies.get(term) ?? 0;
  const share = corpus.alike?.get(term) ?? 1;
  return share * Math.log(1 + (corpus.chunks - frequency + 0.5) / (frequency + 0.5));
}

/** {@link inverseFrequency} of each term, in their order: worked out once for hundreds of chunks. */
export function rarities(corpus: Corpus): number[] {
  return [...corpus.frequencies.keys()].map((term) => inverseFrequency(corpus, term));
}

/**
 * Okapi BM25; Postgres' own `ts_rank` knows no idf.
 * @param rarity of each term, see {@link rarities}
 */
export function bm25(
  { averageWords }: Corpus,
  rarity: readonly number[],
  { words, counts }: Pick<Candidate, 'words' | 'counts'>,
): number {
  const length = 1 - B + B * (words / Math.max(averageWords, 1));
  let score = 0;
  for (let term = 0; term < counts.length; term++) {
    const count = counts[term] ?? 0;
    if (count > 0) score += ((rarity[term] ?? 0) * count * (K1 + 1)) / (count + K1 * length);
  }
  return score;
}

/** From 0 to 1: the share of what was asked for, by weight, that a chunk with `terms` holds. */
export function coverage(corpus: Corpus, terms: Iterable<string>): number {
  let all = 0;
  for (const term of corpus.frequencies.keys()) all += inverseFrequency(corpus, term);
  if (all === 0) return 0;
  let held = 0;
  for (const term of new Set(terms)) {
    if (corpus.frequencies.has(term)) held += inverseFrequency(corpus, term);
  }
  return held / all;
}
