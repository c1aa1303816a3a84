import { likeness, likenessOf, product, sumOf } from './mean-voice';
import { smoothPath } from './smooth-path';

const MOST_ROUNDS = 10;
const FEWEST = 6;

/** Which of the two voices each of the vectors is nearer to, and how alike the two are. */
export interface TwoVoices {
  sides: number[];
  likeness: number;
}

/**
 * Divides vectors that follow each other between the two voices that are in them, if there are two: means of two,
 * begun with the least alike and kept steady over time. Null when one voice takes all.
 */
export function twoVoices(vectors: readonly Float32Array[], changeCost: number): TwoVoices | null {
  if (vectors.length < FEWEST) return null;
  const [first, second] = leastAlike(vectors);
  let voices = [sumOf([first]), sumOf([second])] as const;
  let sides: number[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = smoothPath(vectors.length, 2, changeCost, (step, side) => {
      const [vector, voice] = [vectors[step], voices[side]];
      return vector && voice ? likenessOf(vector, voice) : 0;
    });
    const [left, right] = [0, 1].map((side) => vectors.filter((_, at) => next[at] === side));
    if (!left?.length || !right?.length) return null;
    voices = [sumOf(left), sumOf(right)];
    if (next.every((side, at) => side === sides[at])) break;
    sides = next;
  }
  return { sides, likeness: likeness(...voices) };
}

function leastAlike(vectors: readonly Float32Array[]): [Float32Array, Float32Array] {
  let least = { likeness: Infinity, pair: [EMPTY, EMPTY] as [Float32Array, Float32Array] };
  for (const [at, a] of vectors.entries()) {
    for (const b of vectors.slice(at + 1)) {
      const likeness = product(a, b);
      if (likeness < least.likeness) least = { likeness, pair: [a, b] };
    }
  }
  return least.pair;
}

const EMPTY = new Float32Array();
