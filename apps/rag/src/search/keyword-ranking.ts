import { bm25, inverseFrequency, K1, type Candidate, type Corpus, type Place } from './bm25';

/** How many chunks before and after one still speak of the same: some minutes of a meeting, a page or two. */
const WINDOW = 5;

/** A chunk, and how often it holds which of the query's terms, by their place among them. */
interface Holding {
  candidate: Candidate;
  counts: readonly (readonly [term: number, count: number])[];
}

/** What the words of a query say about chunks: those that a chunk holds itself, and those around it. */
export class KeywordScores {
  private readonly sources = new Map<string, Map<number, Holding>>();
  /** By term. A query weighs thousands of windows: what does not change with them is worked out once. */
  private readonly rarity: readonly number[];
  private readonly window: Float64Array;

  constructor(
    private readonly corpus: Corpus,
    readonly candidates: Candidate[],
  ) {
    const terms = [...corpus.frequencies.keys()];
    const placeOf = new Map(terms.map((term, place) => [term, place]));
    this.rarity = terms.map((term) => inverseFrequency(corpus, term));
    this.window = new Float64Array(terms.length);
    for (const candidate of candidates) {
      const counts = Object.entries(candidate.terms).flatMap(([term, count]) => {
        const place = placeOf.get(term);
        return place === undefined ? [] : [[place, count] as const];
      });
      const source = this.sources.get(candidate.sourceId) ?? new Map<number, Holding>();
      this.sources.set(candidate.sourceId, source.set(candidate.ordinal, { candidate, counts }));
    }
  }

  /** BM25 of the chunk. */
  own({ sourceId, ordinal }: Place): number {
    const holding = this.sources.get(sourceId)?.get(ordinal);
    return holding ? bm25(this.corpus, holding.candidate) : 0;
  }

  /** BM25 of the chunk with the five before and after it taken as one text: an answer seldom repeats its subject. */
  around({ sourceId, ordinal }: Place): number {
    const source = this.sources.get(sourceId);
    if (!source) return 0;
    const { window } = this;
    window.fill(0);
    for (let at = ordinal - WINDOW; at <= ordinal + WINDOW; at++) {
      for (const [term, count] of source.get(at)?.counts ?? []) {
        window[term] = (window[term] ?? 0) + count;
      }
    }
    let score = 0;
    for (const [term, count] of window.entries()) {
      // Windows are of one length, but for the first and the last few.
      score += ((this.rarity[term] ?? 0) * count * (K1 + 1)) / (count + K1);
    }
    return score;
  }
}
