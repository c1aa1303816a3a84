import { buffer } from 'node:stream/consumers';
import type { BlobStore, ByteRange } from './blob-store';
import { BlobsUnavailableError } from './blobs-unavailable.error';
import { BlobDamagedError } from './sealing/blob-damaged.error';
import type { KeyRing } from './sealing/key-ring';
import { HEADER_BYTES, measure, readHeader, type SealedHeader } from './sealing/sealed-format';
import { seal } from './sealing/seal';
import { sealedRange, unseal } from './sealing/unseal';

/** Content on its way out: its size is known before the first byte is read. */
export interface BlobContent {
  /** Of the whole content, whatever was asked for. */
  size: number;
  content: AsyncIterable<Buffer>;
}

/** As `/health` tells it. */
export interface BlobsHealth {
  up: boolean;
  store: string;
  /** Why not, as a code without blanks. */
  reason?: string;
  [detail: string]: unknown;
}

/** Keeps what is too large for a table: sealed with AES-256-GCM before it leaves the process, read in any part. */
export class Blobs {
  constructor(
    private readonly store: BlobStore,
    private readonly keys: KeyRing,
  ) {}

  /** The id of the key that seals from now on. */
  get newestKeyId(): string {
    return this.keys.newest;
  }

  /** Keeps it whole and durably or not at all. @returns the id of the key that it is sealed with. */
  async put(name: string, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<string> {
    const source = content instanceof Uint8Array ? pieceOf(content) : content;
    await this.store.put(name, seal(this.keys, name, source));
    return this.keys.newest;
  }

  /**
   * @param range of the content; left out: all of it
   * @returns null when there is none of this name; what is altered fails while it is read
   * @throws BlobDamagedError, BlobsUnavailableError
   */
  async read(name: string, range?: ByteRange): Promise<BlobContent | null> {
    const found = await this.header(name);
    if (!found) return null;
    const { header, sealedBytes } = found;
    const { chunks, size } = measure(sealedBytes);
    const wanted = { from: range?.from ?? 0, to: Math.min(size, range?.to ?? size) };
    const key = this.keys.derive(header.keyId, header.salt, name);
    return { size, content: this.stretch(name, header, key, wanted, chunks) };
  }

  /** Seals again, with the newest key, what an older one sealed. @returns the id of the key; null when it is not there. */
  async reseal(name: string): Promise<string | null> {
    const old = await this.read(name);
    return old && this.put(name, old.content);
  }

  remove(name: string): Promise<void> {
    return this.store.remove(name);
  }

  /** Removes all that is in a folder. @returns how many there were. */
  removeAll(folder: string): Promise<number> {
    return this.store.removeAll(folder);
  }

  /** How the place is where they are kept. Never rejects. */
  async probe(): Promise<BlobsHealth> {
    try {
      await this.store.check();
      return { up: true, store: this.store.kind };
    } catch (error) {
      const reason = error instanceof BlobsUnavailableError ? error.reason : 'unreachable';
      return { up: false, store: this.store.kind, reason: reason.replace(/\s+/g, '-') };
    }
  }

  close(): Promise<void> {
    return this.store.close();
  }

  private async header(
    name: string,
  ): Promise<{ header: SealedHeader; sealedBytes: number } | null> {
    const head = await this.store.open(name, { from: 0, to: HEADER_BYTES });
    if (!head) return null;
    return { header: readHeader(await buffer(head.content)), sealedBytes: head.size };
  }

  private async *stretch(
    name: string,
    header: SealedHeader,
    key: Buffer,
    wanted: ByteRange,
    chunks: number,
  ): AsyncGenerator<Buffer> {
    if (wanted.from >= wanted.to && chunks > 1) return;
    // Of an empty blob the one chunk is read all the same: it says that nothing was cut off.
    const range = sealedRange({ from: wanted.from, to: Math.max(wanted.to, wanted.from + 1) });
    const body = await this.store.open(name, range);
    if (!body) throw new BlobDamagedError('removed while it was read');
    yield* unseal(header, key, body.content, wanted, chunks);
  }
}

async function* pieceOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}
