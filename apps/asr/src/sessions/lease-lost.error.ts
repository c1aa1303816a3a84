/** Another replica has taken the meeting over: whoever gets this stops, and nothing was written. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';

  constructor(readonly meetingId: string) {
    super(`the lease of meeting ${meetingId} is held by another replica`);
  }
}
