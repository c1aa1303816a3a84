/** The store cannot be reached, is full, or refuses. What was asked for may be tried again. */
export class BlobsUnavailableError extends Error {
  override readonly name = 'BlobsUnavailableError';

  /** @param reason a word of ours or a code, never a path, an address or a key */
  constructor(readonly reason: string) {
    super(`blobs cannot be reached: ${reason}`);
  }
}
