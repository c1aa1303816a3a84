/** Sentences that have nothing to do with each other still have about this cosine with the local model. */
const UNRELATED_COSINE = 0.3;
/** A close paraphrase has about this one. */
const SAME_COSINE = 0.8;
const WORDS_SHARE = 0.7;

/**
 * From 0 to 1, comparable between queries: how much of what was asked a hit holds, by its words and its meaning.
 * Ranks say which hit is best, this says whether the best is any good.
 */
export function relevance(hit: { coverage?: number; cosine?: number }): number {
  const meaning =
    hit.cosine === undefined
      ? undefined
      : clamp((hit.cosine - UNRELATED_COSINE) / (SAME_COSINE - UNRELATED_COSINE));
  if (hit.coverage === undefined) return meaning ?? 0;
  if (meaning === undefined) return hit.coverage;
  return WORDS_SHARE * hit.coverage + (1 - WORDS_SHARE) * meaning;
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
