/** Why a feed could not be fetched or read; the message is fit for a client: no address, nothing of what it says. */
export class CalendarFailure extends Error {
  override readonly name = 'CalendarFailure';

  /** @param code the same for logs, without blanks */
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
