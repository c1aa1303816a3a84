const MIB = 1024 * 1024;

/** More came back than anybody reads; the message is fit for a client. */
export class AnswerTooLongError extends Error {
  override readonly name = 'AnswerTooLongError';

  constructor(mostBytes: number) {
    super(`the answer is longer than ${mostBytes / MIB} MiB`);
  }
}
