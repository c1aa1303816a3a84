import type { Place } from './bm25';

/** All that is known of a chunk and a query before they are weighed. */
export interface Evidence extends Place {
  id: string;
  own: number;
  around: number;
  /** Missing while the chunk has no vector, or the query none. */
  cosine?: number;
}

/** How much each kind of evidence counts. */
export interface Weights {
  around: number;
  /** Of the cosine, beside a BM25 that goes to about 20. */
  meaning: number;
  /** What is left of the score of a chunk near a better one. */
  repeated: number;
}

/** Chosen on QMSum meetings for the local vectors; `npm run evaluate -- understanding` shows what others would give. */
export const WEIGHTS: Weights = { around: 0.3, meaning: 8, repeated: 0.7 };

export interface RankedChunk {
  evidence: Evidence;
  keyword: number;
  /** What the items are ordered by. */
  fused: number;
  /** Whether a better chunk near it lowered its place. */
  repeated: boolean;
}

/** Chunks as near as this say much the same, and the reader of the one sees the other coming. */
const NEAR = 3;
/** Far enough down that nothing below comes into a list of fifty. */
export const WEIGHED = 200;

export function keywordScore(
  { own, around }: Pick<Evidence, 'own' | 'around'>,
  weights: Weights,
): number {
  return own + weights.around * around;
}

/**
 * The best `limit`, best first: weighed evidence, each place once. Five hits from one minute of one meeting are one
 * chance to be right, five from five places are five: a chunk near one that is listed already has to be much better.
 */
export function rank(
  evidence: Evidence[],
  limit: number,
  weights: Weights = WEIGHTS,
): RankedChunk[] {
  const typical = typicalCosine(evidence);
  const open = evidence
    .map((each) => weigh(each, typical, weights))
    .sort((a, b) => b.fused - a.fused || a.evidence.id.localeCompare(b.evidence.id))
    .slice(0, WEIGHED);
  const listed: RankedChunk[] = [];
  while (listed.length < limit && open.length > 0) {
    const at = open.reduce(
      (best, each, index) => (each.fused > (open[best]?.fused ?? 0) ? index : best),
      0,
    );
    const [next] = open.splice(at, 1);
    if (!next) break;
    listed.push(next);
    for (const other of open) {
      if (!isNear(other.evidence, next.evidence)) continue;
      other.fused *= weights.repeated;
      other.repeated = true;
    }
  }
  return listed;
}

function weigh(evidence: Evidence, typical: number, weights: Weights): RankedChunk {
  const keyword = keywordScore(evidence, weights);
  const meaning = weights.meaning * Math.max(0, evidence.cosine ?? typical);
  return { evidence, keyword, fused: keyword + meaning, repeated: false };
}

/** A chunk whose vector is not made yet is neither favoured nor punished for it. */
function typicalCosine(evidence: Evidence[]): number {
  const known = evidence.flatMap(({ cosine }) => cosine ?? []);
  return known.reduce((sum, cosine) => sum + cosine, 0) / Math.max(known.length, 1);
}

function isNear(a: Place, b: Place): boolean {
  return a.sourceId === b.sourceId && Math.abs(a.ordinal - b.ordinal) <= NEAR;
}
