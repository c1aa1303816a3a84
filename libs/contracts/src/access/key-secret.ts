import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { KeyId } from '../values/ids';

const SECRET_BYTES = 32;
/** `parley_<id>_<secret><checksum>`, all in hexadecimal: found by a double click, and by secret scanners. */
const SHAPE = /^parley_([0-9a-f]{32})_([0-9a-f]{64})([0-9a-f]{8})$/;

/** Makes the secret of a new API key: 256 random bits, told once. */
export function newKeySecret(id: KeyId): string {
  const plain = `parley_${id.replaceAll('-', '')}_${randomBytes(SECRET_BYTES).toString('hex')}`;
  return plain + checksumOf(plain);
}

/**
 * The id of the key that a secret is of, when it has the form of one: its last eight digits are the CRC-32 of what
 * stands before them, so that a typing error or a made-up key is known without looking anything up.
 */
export function keyIdIn(secret: string): KeyId | null {
  const [, id = '', random = '', checksum] = SHAPE.exec(secret) ?? [];
  if (checksum === undefined || checksum !== checksumOf(`parley_${id}_${random}`)) return null;
  return id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') as KeyId;
}

function checksumOf(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}
