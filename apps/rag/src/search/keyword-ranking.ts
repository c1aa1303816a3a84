import { bm25, inverseFrequency, K1, type Candidate, type Corpus, type Place } from './bm25';

/** How many chunks before and after one still speak of the same: some minutes of a meeting, a page or two. */
const WINDOW = 5;

/** What the words of a query say about chunks: those that a chunk holds itself, and those around it. */
export class KeywordScores {
  private readonly sources = new Map<string, Map<number, Candidate>>();

  constructor(
    private readonly corpus: Corpus,
    readonly candidates: Candidate[],
  ) {
    for (const candidate of candidates) {
      const source = this.sources.get(candidate.sourceId) ?? new Map<number, Candidate>();
      this.sources.set(candidate.sourceId, source.set(candidate.ordinal, candidate));
    }
  }

  /** BM25 of the chunk. */
  own({ sourceId, ordinal }: Place): number {
    const candidate = this.sources.get(sourceId)?.get(ordinal);
    return candidate ? bm25(this.corpus, candidate) : 0;
  }

  /** BM25 of the chunk with the five before and after it taken as one text: an answer seldom repeats its subject. */
  around({ sourceId, ordinal }: Place): number {
    const source = this.sources.get(sourceId);
    if (!source) return 0;
    const counts = new Map<string, number>();
    for (let at = ordinal - WINDOW; at <= ordinal + WINDOW; at++) {
      for (const [term, count] of Object.entries(source.get(at)?.terms ?? {})) {
        counts.set(term, (counts.get(term) ?? 0) + count);
      }
    }
    let score = 0;
    for (const [term, count] of counts) {
      // Windows are of one length, but for the first and the last few.
      score += (inverseFrequency(this.corpus, term) * count * (K1 + 1)) / (count + K1);
    }
    return score;
  }
}
