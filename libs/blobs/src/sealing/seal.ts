import { createCipheriv, randomBytes } from 'node:crypto';
import { inPieces } from './in-pieces';
import type { KeyRing } from './key-ring';
import { CHUNK_BYTES, nonceOf, SALT_BYTES, writeHeader } from './sealed-format';

/** Seals with the newest key, chunk by chunk. */
export async function* seal(
  keys: KeyRing,
  name: string,
  content: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  const salt = randomBytes(SALT_BYTES);
  const header = writeHeader(keys.newest, salt);
  const key = keys.derive(header.keyId, salt, name);
  yield header.bytes;
  let chunk = 0;
  for await (const { bytes, isLast } of inPieces(content, CHUNK_BYTES)) {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(chunk, isLast));
    cipher.setAAD(header.bytes);
    yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
    chunk += 1;
  }
}
