/** A connection ended without a word about why. */
export class LineLostError extends Error {
  override readonly name = 'LineLostError';

  constructor(
    message: string,
    /** False when it was refused, or nobody was there. */
    readonly wasOpen: boolean,
    /** The WebSocket's close code, where there was one. */
    readonly code?: number,
  ) {
    super(message);
  }
}
