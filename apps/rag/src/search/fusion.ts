export interface Fused {
  id: string;
  fused: number;
}

/** A ranking and how much it counts. */
export interface Ranking {
  ids: string[];
  weight: number;
}

/** The higher, the less the first places of a ranking stand out. */
const DAMPING = 20;

/** Weighted reciprocal rank fusion, scaled so that first place everywhere is 1; best first. */
export function fuse(rankings: Ranking[]): Fused[] {
  const scores = new Map<string, number>();
  let best = 0;
  for (const { ids, weight } of rankings) {
    best += weight / (DAMPING + 1);
    ids.forEach((id, index) => {
      scores.set(id, (scores.get(id) ?? 0) + weight / (DAMPING + index + 1));
    });
  }
  // Equal scores keep the order in which they came: the first ranking's.
  return [...scores]
    .map(([id, score]) => ({ id, fused: score / best }))
    .sort((a, b) => b.fused - a.fused);
}
