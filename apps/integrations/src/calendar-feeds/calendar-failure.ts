/** Why a feed could not be fetched or read; the message is fit for a client: no address, nothing of what it says. */
export class CalendarFailure extends Error {
  override readonly name = 'CalendarFailure';
}
