import { bm25, K1, rarities, type Candidate, type Corpus, type Place } from './bm25';

/** How many chunks before and after one still speak of the same: some minutes of a meeting, a page or two. */
const WINDOW = 5;

/** What the words of a query say about chunks: those that a chunk holds itself, and those around it. */
export class KeywordScores {
  /** The candidates of each source, as they follow one another. */
  private readonly sources = new Map<string, Candidate[]>();
  private readonly rarity: readonly number[];
  /** How often each term stands in the window that is looked at. */
  private readonly window: Float64Array;

  constructor(
    readonly corpus: Corpus,
    readonly candidates: readonly Candidate[],
  ) {
    this.rarity = rarities(corpus);
    this.window = new Float64Array(this.rarity.length);
    for (const candidate of candidates) {
      const source = this.sources.get(candidate.sourceId);
      if (source) source.push(candidate);
      else this.sources.set(candidate.sourceId, [candidate]);
    }
    for (const source of this.sources.values()) source.sort((a, b) => a.ordinal - b.ordinal);
  }

  /** BM25 of the chunk, which may be one that is no candidate. */
  own(place: Place | Candidate): number {
    if ('counts' in place) return bm25(this.corpus, this.rarity, place);
    const source = this.sources.get(place.sourceId) ?? [];
    const candidate = source[firstFrom(source, place.ordinal)];
    return candidate?.ordinal === place.ordinal ? this.own(candidate) : 0;
  }

  /** BM25 of the chunk with the five before and after it taken as one text: an answer seldom repeats its subject. */
  around({ sourceId, ordinal }: Place): number {
    const source = this.sources.get(sourceId);
    if (!source) return 0;
    const { window, rarity } = this;
    window.fill(0);
    for (let at = firstFrom(source, ordinal - WINDOW); at < source.length; at++) {
      const candidate = source[at];
      if (!candidate || candidate.ordinal > ordinal + WINDOW) break;
      for (let term = 0; term < window.length; term++) {
        window[term] = (window[term] ?? 0) + (candidate.counts[term] ?? 0);
      }
    }
    let score = 0;
    for (let term = 0; term < window.length; term++) {
      const count = window[term] ?? 0;
      // Windows are of one length, but for the first and the last few.
      score += ((rarity[term] ?? 0) * count * (K1 + 1)) / (count + K1);
    }
    return score;
  }

  /** From -1 to 1: whether the words stand in the chunks before this one, or in those behind it. */
  lean({ sourceId, ordinal }: Place): number {
    let [before, behind] = [0, 0];
    for (let distance = 1; distance <= SIDE; distance++) {
      const share = 0.5 ** (distance - 1);
      before += share * this.own({ sourceId, ordinal: ordinal - distance });
      behind += share * this.own({ sourceId, ordinal: ordinal + distance });
    }
    return (behind - before) / (behind + before + 1);
  }
}

/** How far it is looked for the side on which more is said of the subject; what is farther counts half. */
const SIDE = 3;

/** The first of these, which are in order, whose ordinal is no less. */
function firstFrom(source: readonly Candidate[], ordinal: number): number {
  let [low, high] = [0, source.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((source[middle]?.ordinal ?? 0) < ordinal) low = middle + 1;
    else high = middle;
  }
  return low;
}
