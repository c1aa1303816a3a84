/** ts_rank divides by this, the limit of its sum (Σ 1/n²). */
const LIMIT = 1.644_934_066_85;
/** tsvector keeps no more positions of a word than this. */
const MOST_POSITIONS = 255;

const RANKS = new Float64Array(MOST_POSITIONS + 1);
for (let count = 1; count <= MOST_POSITIONS; count++) {
  RANKS[count] = (RANKS[count - 1] ?? 0) + 1 / count ** 2 / LIMIT;
}

/**
 * How often a text holds a term, from what `ts_rank('{1,1,1,1}', …)` gives for this term alone: Σ 1/n² over its n
 * places. Unnesting the tsvector says the same and takes three times as long.
 */
export function countOfRank(rank: number): number {
  let [low, high] = [0, MOST_POSITIONS];
  while (low < high) {
    const middle = (low + high) >> 1;
    const next = ((RANKS[middle] ?? 0) + (RANKS[middle + 1] ?? 0)) / 2;
    if (rank < next) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A tsquery that means exactly this lexeme, whatever characters it is made of. */
export function asQuery(term: string): string {
  return `'${term.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
