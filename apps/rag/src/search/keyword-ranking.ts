import { bm25, type Candidate, type Corpus } from './bm25';

export interface Ranked {
  id: string;
  score: number;
}

/** An answer often stands beside the words of the question. */
const NEIGHBOUR_SHARE = 0.2;

/** Best first: BM25, of which every chunk lends a share to the one before and the one after it. */
export function rankByKeywords(
  corpus: Corpus,
  candidates: Candidate[],
  neighbourShare = NEIGHBOUR_SHARE,
): Ranked[] {
  const own = new Map(candidates.map((each) => [placeOf(each, 0), bm25(corpus, each)]));
  return candidates
    .map((each) => {
      const beside = Math.max(own.get(placeOf(each, -1)) ?? 0, own.get(placeOf(each, 1)) ?? 0);
      const score = (own.get(placeOf(each, 0)) ?? 0) + neighbourShare * beside;
      return { id: each.id, score };
    })
    .sort((a, b) => b.score - a.score || a.id.localeCompare(b.id));
}

function placeOf({ documentId, ordinal }: Candidate, offset: number): string {
  return `${documentId}:${ordinal + offset}`;
}
