/** Unit vectors added up. The product of two means is how alike their members are, pair by pair, on average. */
export interface VoiceSum {
  sum: number[];
  count: number;
}

export function sumOf(vectors: readonly Float32Array[]): VoiceSum {
  const sum = new Array<number>(vectors[0]?.length ?? 0).fill(0);
  for (const vector of vectors) {
    for (const [at, value] of vector.entries()) sum[at] = (sum[at] ?? 0) + value;
  }
  return { sum, count: vectors.length };
}

export function joined(a: VoiceSum, b: VoiceSum): VoiceSum {
  return { sum: a.sum.map((value, at) => value + (b.sum[at] ?? 0)), count: a.count + b.count };
}

export function likeness(a: VoiceSum, b: VoiceSum): number {
  return product(a.sum, b.sum) / (a.count * b.count);
}

export function likenessOf(vector: Float32Array, { sum, count }: VoiceSum): number {
  return product(vector, sum) / count;
}

export function product(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let total = 0;
  for (let at = 0; at < a.length; at++) total += (a[at] ?? 0) * (b[at] ?? 0);
  return total;
}
