/** The other side says more than anybody reads. */
export class AnswerTooLongError extends Error {
  override readonly name = 'AnswerTooLongError';

  constructor(mostBytes: number) {
    super(`the answer is longer than ${mostBytes} bytes`);
  }
}

/**
 * The body of an answer, which ends where it grows too long.
 * @throws AnswerTooLongError; what reading fails with
 */
export async function readAtMost(
  response: Response,
  mostBytes: number,
): Promise<Buffer<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  const body: AsyncIterable<Uint8Array> | [] = response.body ?? [];
  for await (const piece of body) {
    bytes += piece.byteLength;
    if (bytes > mostBytes) throw new AnswerTooLongError(mostBytes);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
