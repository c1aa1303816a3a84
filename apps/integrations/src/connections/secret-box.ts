import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { SecretBoxError } from './secret-box.error';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** To draw one takes longer than to encrypt: under load they are drawn together, and each is used once. */
const NONCES_AT_ONCE = 64;
/** No longer kept than this: a process that is restored from a snapshot would use what it has a second time. */
const NONCES_FOR_MS = 1_000;

export interface Sealed {
  keyId: string;
  /** Base64 of nonce, tag and ciphertext. */
  text: string;
}

/** Encrypts small secrets with AES-256-GCM. Each is bound to its `owner`: a row's secret opens in no other row. */
export class SecretBox {
  private readonly keys: ReadonlyMap<string, KeyObject>;
  /** The id of the key that encrypts. */
  readonly newest: string;
  private nonces = Buffer.alloc(0);
  private drawnAt = 0;

  /** @param keys 32 bytes each; the first encrypts, all decrypt. */
  constructor(keys: readonly Buffer[]) {
    const [first] = keys;
    if (!first) throw new Error('a secret box needs a key');
    this.newest = keyId(first);
    this.keys = new Map(keys.map((key) => [keyId(key), createSecretKey(key)]));
  }

  seal(secrets: Record<string, unknown>, owner: string): Sealed {
    const nonce = this.nextNonce();
    const cipher = createCipheriv(ALGORITHM, this.key(this.newest), nonce);
    cipher.setAAD(Buffer.from(owner));
    const sealed = Buffer.concat([cipher.update(JSON.stringify(secrets)), cipher.final()]);
    const text = Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
    return { keyId: this.newest, text };
  }

  /** @throws SecretBoxError when the key is gone, or the text was altered or sealed for another owner. */
  open(sealed: Sealed, owner: string): Record<string, unknown> {
    const key = this.key(sealed.keyId);
    try {
      return unseal(key, sealed.text, owner);
    } catch (error) {
      throw new SecretBoxError('the secrets were altered, or belong elsewhere', { cause: error });
    }
  }

  private nextNonce(): Buffer {
    const now = performance.now();
    if (this.nonces.length === 0 || now - this.drawnAt > NONCES_FOR_MS) {
      this.nonces = randomBytes(NONCES_AT_ONCE * NONCE_BYTES);
      this.drawnAt = now;
    }
    const nonce = this.nonces.subarray(0, NONCE_BYTES);
    this.nonces = this.nonces.subarray(NONCE_BYTES);
    return nonce;
  }

  private key(id: string): KeyObject {
    const key = this.keys.get(id);
    if (!key) throw new SecretBoxError(`no key ${id} in CONNECTIONS_KEY`);
    return key;
  }
}

function unseal(key: KeyObject, text: string, owner: string): Record<string, unknown> {
  const bytes = Buffer.from(text, 'base64');
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  const options = { authTagLength: TAG_BYTES };
  const decipher = createDecipheriv(ALGORITHM, key, nonce, options);
  decipher.setAAD(Buffer.from(owner));
  decipher.setAuthTag(tag);
  const body = bytes.subarray(NONCE_BYTES + TAG_BYTES);
  const plain = Buffer.concat([decipher.update(body), decipher.final()]);
  return JSON.parse(plain.toString()) as Record<string, unknown>;
}

/** Tells keys apart without telling anything about them. */
function keyId(key: Buffer): string {
  return createHash('sha256').update('parley-connections').update(key).digest('hex').slice(0, 12);
}
