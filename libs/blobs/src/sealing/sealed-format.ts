import { BlobDamagedError } from './blob-damaged.error';
import { KEY_ID_BYTES } from './key-ring';

/*
 * A sealed blob: a header (`PBL1`, the key's id, a salt), then chunks of 64 KiB, each AES-256-GCM with its tag behind
 * it. The nonce counts the chunks and says of the last that it is the last; so chunks cannot be left out, moved or cut
 * off without notice, and any of them can be read without the others.
 */
const MAGIC = Buffer.from('PBL1');
export const SALT_BYTES = 32;
export const HEADER_BYTES = MAGIC.length + KEY_ID_BYTES + SALT_BYTES;
export const CHUNK_BYTES = 65_536;
export const TAG_BYTES = 16;
export const SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES;
const NONCE_BYTES = 12;

export interface SealedHeader {
  keyId: string;
  salt: Buffer;
  /** As it stands in the blob; every chunk vouches for it. */
  bytes: Buffer;
}

export function writeHeader(keyId: string, salt: Buffer): SealedHeader {
  return { keyId, salt, bytes: Buffer.concat([MAGIC, Buffer.from(keyId, 'hex'), salt]) };
}

/** @throws BlobDamagedError when it is none */
export function readHeader(bytes: Buffer): SealedHeader {
  if (bytes.length < HEADER_BYTES || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw new BlobDamagedError('no sealed blob');
  }
  const saltAt = MAGIC.length + KEY_ID_BYTES;
  return {
    keyId: bytes.toString('hex', MAGIC.length, saltAt),
    salt: bytes.subarray(saltAt, HEADER_BYTES),
    bytes: bytes.subarray(0, HEADER_BYTES),
  };
}

export function nonceOf(chunk: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(NONCE_BYTES);
  nonce.writeUInt32BE(chunk, NONCE_BYTES - 5);
  nonce.writeUInt8(isLast ? 1 : 0, NONCE_BYTES - 1);
  return nonce;
}

/** How many chunks and bytes of content a sealed blob of this size holds. @throws BlobDamagedError when none is so long */
export function measure(sealedBytes: number): { chunks: number; size: number } {
  const body = sealedBytes - HEADER_BYTES;
  const chunks = Math.ceil(body / SEALED_CHUNK_BYTES);
  const size = body - chunks * TAG_BYTES;
  const isWhole = chunks === 1 ? size >= 0 : size > (chunks - 1) * CHUNK_BYTES;
  if (chunks < 1 || !isWhole) throw new BlobDamagedError('cut off');
  return { chunks, size };
}
