/**
 * The same bytes in pieces of exactly `size`, but for the last, which may be shorter; nothing at all is one empty piece.
 * Holds one piece and what the source gives at a time.
 */
export async function* inPieces(
  source: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<{ bytes: Buffer; isLast: boolean }> {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  for await (const given of source) {
    held.push(given);
    heldBytes += given.length;
    // One byte more than a piece must be there: else it may be the last.
    if (heldBytes <= size) continue;
    const all = Buffer.concat(held);
    let at = 0;
    for (; all.length - at > size; at += size) {
      yield { bytes: all.subarray(at, at + size), isLast: false };
    }
    held = [all.subarray(at)];
    heldBytes = all.length - at;
  }
  yield { bytes: Buffer.concat(held), isLast: true };
}
