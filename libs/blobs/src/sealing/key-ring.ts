import { createHash, hkdfSync } from 'node:crypto';
import { BlobDamagedError } from './blob-damaged.error';

const KEY_BYTES = 32;
export const KEY_ID_BYTES = 6;

/** The keys that blobs are sealed with. The first seals, all open. */
export class KeyRing {
  private readonly keys: ReadonlyMap<string, Buffer>;
  /** The id of the key that seals. */
  readonly newest: string;

  /** @param keys 32 bytes each */
  constructor(keys: readonly Buffer[]) {
    const [first] = keys;
    if (!first) throw new Error('a key ring needs a key');
    this.newest = keyIdOf(first);
    this.keys = new Map(keys.map((key) => [keyIdOf(key), key]));
  }

  /**
   * The key of one blob. It is another one for each salt and name: so a counter may be its nonce, and what was sealed
   * under one name does not open under another.
   * @throws BlobDamagedError when the key of this id is not here
   */
  derive(keyId: string, salt: Uint8Array, name: string): Buffer {
    const key = this.keys.get(keyId);
    if (!key) throw new BlobDamagedError(`no key ${keyId} in BLOBS_KEY`);
    return Buffer.from(hkdfSync('sha256', key, salt, `parley-blob ${name}`, KEY_BYTES));
  }
}

/** Tells keys apart without telling anything about them. */
function keyIdOf(key: Buffer): string {
  const hash = createHash('sha256').update('parley-blobs').update(key).digest('hex');
  return hash.slice(0, 2 * KEY_ID_BYTES);
}
