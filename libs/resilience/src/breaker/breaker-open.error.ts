/** Not called: it failed too often a moment ago. */
export class BreakerOpenError extends Error {
  override readonly name = 'BreakerOpenError';

  /** @param retryAfterMs when a call may be let through again; 0 while one is trying. */
  constructor(readonly retryAfterMs: number) {
    super('it failed too often a moment ago and is left alone');
  }
}
