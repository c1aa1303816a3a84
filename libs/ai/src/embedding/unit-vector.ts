/** Scales `vector` to length 1, in place; null when it has no direction. */
export function toUnitLength(vector: Float32Array): Float32Array | null {
  let sum = 0;
  for (const value of vector) sum += value * value;
  const length = Math.sqrt(sum);
  if (!Number.isFinite(length) || length === 0) return null;
  for (let index = 0; index < vector.length; index++) {
    vector[index] = (vector[index] ?? 0) / length;
  }
  return vector;
}
