/** Something the service needs was away for longer than START_WAIT_SECONDS at its start. */
export class StartWaitError extends Error {
  override readonly name = 'StartWaitError';

  constructor(what: string, setting: string, reason: string, options?: ErrorOptions) {
    super(`Parley cannot start: ${what} (${setting}) cannot be used: ${reason}`, options);
  }
}
