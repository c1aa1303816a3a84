/** How one question was answered by a ranking. */
export interface RetrievalScore {
  /** Which meeting the question is about. */
  meeting: number;
  /** 1 when one of the first five holds evidence, else 0. */
  at5: number;
  at10: number;
  /** 1 by the place of the first that holds evidence, 0 when none does. */
  reciprocalRank: number;
  /** Of the first ten, every chunk with evidence a gain of 1 (Järvelin and Kekäläinen). */
  ndcg: number;
}

export type Measure = Exclude<keyof RetrievalScore, 'meeting'>;

/** @param holding for each hit, best first, whether it holds evidence; @param there how many chunks hold any */
export function scoreRanking(meeting: number, holding: boolean[], there: number): RetrievalScore {
  const first = holding.indexOf(true);
  const gain = (count: boolean[]): number =>
    count.reduce((sum, holds, index) => sum + (holds ? 1 / Math.log2(index + 2) : 0), 0);
  const ideal = gain(Array.from({ length: Math.min(10, there) }, () => true));
  return {
    meeting,
    at5: holding.slice(0, 5).includes(true) ? 1 : 0,
    at10: holding.slice(0, 10).includes(true) ? 1 : 0,
    reciprocalRank: first < 0 ? 0 : 1 / (first + 1),
    ndcg: ideal === 0 ? 0 : gain(holding.slice(0, 10)) / ideal,
  };
}

export function mean(scores: RetrievalScore[], measure: Measure): number {
  return scores.reduce((sum, score) => sum + score[measure], 0) / Math.max(scores.length, 1);
}

export interface Gain {
  /** 0.2 is a fifth better. */
  relative: number;
  /** What 95 of 100 other draws of meetings would give. */
  from: number;
  to: number;
}

const DRAWS = 5_000;

/**
 * How much better `ours` is than `theirs` on the same questions. The interval is a paired bootstrap over meetings:
 * questions about one meeting stand and fall together.
 */
export function gainOver(
  ours: RetrievalScore[],
  theirs: RetrievalScore[],
  measure: Measure,
  random: () => number = mulberry32(42),
): Gain {
  const meetings = [...new Set(ours.map(({ meeting }) => meeting))];
  const sums = meetings.map((meeting) => {
    const of = (scores: RetrievalScore[]): number =>
      scores
        .filter((score) => score.meeting === meeting)
        .reduce((sum, score) => sum + score[measure], 0);
    return [of(ours), of(theirs)] as const;
  });
  const relative = (drawn: (readonly [number, number])[]): number => {
    const mine = drawn.reduce((sum, [value]) => sum + value, 0);
    const other = drawn.reduce((sum, [, value]) => sum + value, 0);
    return other === 0 ? 0 : mine / other - 1;
  };
  const draws = Array.from({ length: DRAWS }, () =>
    relative(sums.map(() => sums[Math.floor(random() * sums.length)] ?? [0, 0])),
  ).sort((a, b) => a - b);
  return {
    relative: relative(sums),
    from: draws[Math.floor(DRAWS * 0.025)] ?? 0,
    to: draws[Math.floor(DRAWS * 0.975)] ?? 0,
  };
}

/** A small seeded generator (Tommy Ettinger's mulberry32), so that a page written twice is the same. */
export function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
