/** A message that no handler can ever take: it goes to the dead letters, not round again. */
export class InvalidEventError extends Error {
  override readonly name = 'InvalidEventError';

  constructor(readonly errors: string[]) {
    super(`invalid event: ${errors.join('; ')}`);
  }
}
