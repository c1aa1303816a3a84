/** A vector as pgvector receives it, for a parameter: a fifth of its text, and nothing to be read. */
export function vectorBytes(vector: Float32Array): Buffer {
  const bytes = Buffer.alloc(4 + 4 * vector.length);
  // Two bytes of the number of dimensions, two that are kept for later use.
  bytes.writeUInt16BE(vector.length, 0);
  for (let at = 0; at < vector.length; at++) bytes.writeFloatBE(vector[at] ?? 0, 4 + 4 * at);
  return bytes;
}
