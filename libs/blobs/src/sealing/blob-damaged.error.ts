/** What is kept was cut off, altered, or sealed for another name or with a key that is not here. */
export class BlobDamagedError extends Error {
  override readonly name = 'BlobDamagedError';
}
