/** A call took longer than it may; whether it had its effect is not known. */
export class TimedOutError extends Error {
  override readonly name = 'TimedOutError';

  constructor(readonly limitMs: number) {
    super(`no answer within ${limitMs} ms`);
  }
}
