/** Not called: all places are taken, and so is the queue for them. */
export class BulkheadFullError extends Error {
  override readonly name = 'BulkheadFullError';

  constructor() {
    super('too many calls are under way');
  }
}
