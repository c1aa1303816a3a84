/** The bus was closed: nothing can be published or subscribed any more. */
export class BusClosedError extends Error {
  override readonly name = 'BusClosedError';

  constructor() {
    super('the bus is closed');
  }
}

/** The embedded bus holds as much as it may: publish again later. */
export class BusFullError extends Error {
  override readonly name = 'BusFullError';

  constructor(readonly what: string) {
    super(`the embedded bus is full: ${what}`);
  }
}

/** A group that takes these events has stopped; with nowhere to keep them, publish again later. */
export class GroupAwayError extends Error {
  override readonly name = 'GroupAwayError';

  constructor(readonly group: string) {
    super(`no consumer of ${group} is running`);
  }
}

/** Handlers and wanted topics do not fit together; `problems` names all that is wrong. */
export class BusSetupError extends Error {
  override readonly name = 'BusSetupError';

  constructor(readonly problems: string[]) {
    super(`event handlers: ${problems.join('; ')}`);
  }
}

/**
 * What handlers need is away, whatever the message is. A handler that rejects with it is asked again until it is
 * back: that is not counted as a delivery of the message, and its consumer reads nothing more meanwhile.
 */
export class OutageError extends Error {
  override readonly name = 'OutageError';

  constructor(cause: unknown) {
    super('what the handlers need is away', { cause });
  }
}

/** The audio of this meeting was erased, and none is taken any more. */
export class AudioForgottenError extends Error {
  override readonly name = 'AudioForgottenError';

  constructor(readonly meetingId: string) {
    super('the meeting was erased');
  }
}
