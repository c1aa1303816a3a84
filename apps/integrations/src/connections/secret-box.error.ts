/** A connection's credentials cannot be opened: their key is gone, or they were altered. */
export class SecretBoxError extends Error {
  override readonly name = 'SecretBoxError';
}
