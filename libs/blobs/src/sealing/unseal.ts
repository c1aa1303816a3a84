import { createDecipheriv } from 'node:crypto';
import type { ByteRange } from '../blob-store';
import { BlobDamagedError } from './blob-damaged.error';
import { inPieces } from './in-pieces';
import {
  CHUNK_BYTES,
  HEADER_BYTES,
  nonceOf,
  SEALED_CHUNK_BYTES,
  TAG_BYTES,
  type SealedHeader,
} from './sealed-format';

/** Which sealed bytes hold this stretch of the content. */
export function sealedRange({ from, to }: ByteRange): ByteRange {
  return {
    from: HEADER_BYTES + Math.floor(from / CHUNK_BYTES) * SEALED_CHUNK_BYTES,
    to: HEADER_BYTES + Math.ceil(to / CHUNK_BYTES) * SEALED_CHUNK_BYTES,
  };
}

/**
 * The content of a stretch, chunk by chunk: a chunk is given only once its tag has been checked.
 * @param sealed the bytes of `sealedRange(range)`
 * @param chunks how many the whole blob has
 * @throws BlobDamagedError when a chunk is not as it was sealed
 */
export async function* unseal(
  header: SealedHeader,
  key: Buffer,
  sealed: AsyncIterable<Uint8Array>,
  range: ByteRange,
  chunks: number,
): AsyncGenerator<Buffer> {
  let chunk = Math.floor(range.from / CHUNK_BYTES);
  for await (const { bytes } of inPieces(sealed, SEALED_CHUNK_BYTES)) {
    const content = openChunk(header, key, bytes, nonceOf(chunk, chunk === chunks - 1));
    const startsAt = chunk * CHUNK_BYTES;
    const wanted = content.subarray(Math.max(0, range.from - startsAt), range.to - startsAt);
    chunk += 1;
    if (wanted.length > 0) yield wanted;
  }
  if (chunk * CHUNK_BYTES < range.to) throw new BlobDamagedError('cut off');
}

function openChunk(header: SealedHeader, key: Buffer, sealed: Buffer, nonce: Buffer): Buffer {
  if (sealed.length < TAG_BYTES) throw new BlobDamagedError('cut off');
  const tagAt = sealed.length - TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(header.bytes);
  decipher.setAuthTag(sealed.subarray(tagAt));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, tagAt)), decipher.final()]);
  } catch {
    throw new BlobDamagedError('altered, or it belongs elsewhere');
  }
}
