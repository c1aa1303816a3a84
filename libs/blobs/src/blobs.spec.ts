import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { blobName } from './blob-name';
import { Blobs } from './blobs';
import { BlobDamagedError } from './sealing/blob-damaged.error';
import { KeyRing } from './sealing/key-ring';
import { CHUNK_BYTES, SEALED_CHUNK_BYTES, HEADER_BYTES } from './sealing/sealed-format';
import { FileBlobStore } from './stores/file-blob.store';

const [OLD, NEW] = [Buffer.alloc(32, 'old'), Buffer.alloc(32, 'new')];

describe('sealed blobs', () => {
  const name = blobName('tests', 'a');
  let folder: string;
  let file: string;
  const open = (...keys: Buffer[]) => new Blobs(new FileBlobStore(folder), new KeyRing(keys));
  const read = async (blobs: Blobs, range?: { from: number; to: number }, what = name) =>
    buffer((await blobs.read(what, range))?.content ?? Readable.from([]));

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-sealed-'));
    file = join(folder, 'tests', 'a');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES])(
    'give back %i bytes as they were',
    async (size) => {
      const content = randomBytes(size);
      const blobs = open(NEW);
      await blobs.put(name, content);
      expect((await blobs.read(name))?.size).toBe(size);
      expect((await read(blobs)).equals(content)).toBe(true);
    },
  );

  it('give any stretch without reading the rest', async () => {
    const content = randomBytes(3 * CHUNK_BYTES + 100);
    const blobs = open(NEW);
    await blobs.put(name, content);
    // Were it read, it would be noticed.
    spoil(HEADER_BYTES + 5);
    for (const [from, to] of [
      [CHUNK_BYTES, CHUNK_BYTES + 1],
      [CHUNK_BYTES + 5, 2 * CHUNK_BYTES],
      [2 * CHUNK_BYTES - 1, 3 * CHUNK_BYTES + 1],
      [3 * CHUNK_BYTES + 50, 9 * CHUNK_BYTES],
    ] as const) {
      expect((await read(blobs, { from, to })).equals(content.subarray(from, to))).toBe(true);
    }
    await expect(read(blobs, { from: 0, to: 1 })).rejects.toBeInstanceOf(BlobDamagedError);
  });

  it('show nothing of what is in them', async () => {
    await open(NEW).put(name, Buffer.from('the heron is blue'));
    expect(readFileSync(file).includes('heron')).toBe(false);
  });

  it('look different each time', async () => {
    await open(NEW).put(name, Buffer.from('same'));
    const first = readFileSync(file);
    await open(NEW).put(name, Buffer.from('same'));
    expect(readFileSync(file).subarray(HEADER_BYTES).equals(first.subarray(HEADER_BYTES))).toBe(
      false,
    );
  });

  it.each([
    [
      'a bit is turned',
      () => readFileSync(file).map((byte, at) => (at === 100_000 ? byte ^ 1 : byte)),
    ],
    ['their end is cut off', () => readFileSync(file).subarray(0, -1)],
    [
      'a whole chunk is cut off',
      () => readFileSync(file).subarray(0, HEADER_BYTES + SEALED_CHUNK_BYTES),
    ],
    ['two chunks change places', () => swapped(readFileSync(file))],
    [
      'their header is changed',
      () => readFileSync(file).map((byte, at) => (at === 12 ? byte ^ 1 : byte)),
    ],
    ['nothing is left', () => Buffer.alloc(0)],
  ])('do not open when %s', async (_what, change) => {
    const blobs = open(NEW);
    await blobs.put(name, randomBytes(3 * CHUNK_BYTES));
    writeFileSync(file, change());
    await expect(read(blobs)).rejects.toBeInstanceOf(BlobDamagedError);
  });

  it('do not open under another name', async () => {
    const blobs = open(NEW);
    await blobs.put(name, Buffer.from('mine'));
    writeFileSync(join(folder, 'tests', 'b'), readFileSync(file));
    await expect(read(blobs, undefined, blobName('tests', 'b'))).rejects.toBeInstanceOf(
      BlobDamagedError,
    );
  });

  it('open with an older key while it is named, and without it once they are sealed again', async () => {
    await open(OLD).put(name, Buffer.from('kept'));
    const both = open(NEW, OLD);
    expect((await read(both)).toString()).toBe('kept');
    await expect(read(open(NEW))).rejects.toBeInstanceOf(BlobDamagedError);
    expect(await both.reseal(name)).toBe(both.newestKeyId);
    expect((await read(open(NEW))).toString()).toBe('kept');
    expect(await both.reseal(blobName('tests', 'gone'))).toBeNull();
  });

  it('are sealed a chunk at a time, whatever their size', async () => {
    const mebibytes = 64;
    const source = async function* (): AsyncGenerator<Buffer> {
      for (let at = 0; at < mebibytes; at += 1)
        yield await Promise.resolve(Buffer.alloc(1_048_576));
    };
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const blobs = open(NEW);
    await blobs.put(name, source());
    for await (const piece of (await blobs.read(name))?.content ?? []) {
      expect(piece.length).toBeLessThanOrEqual(CHUNK_BYTES);
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }
    expect(most).toBeLessThan(mebibytes * 1_048_576);
  });

  function spoil(at: number): void {
    writeFileSync(
      file,
      readFileSync(file).map((byte, index) => (index === at ? byte ^ 1 : byte)),
    );
  }
});

function swapped(sealed: Buffer): Buffer {
  const chunk = (number: number) =>
    sealed.subarray(
      HEADER_BYTES + number * SEALED_CHUNK_BYTES,
      HEADER_BYTES + (number + 1) * SEALED_CHUNK_BYTES,
    );
  return Buffer.concat([sealed.subarray(0, HEADER_BYTES), chunk(1), chunk(0), chunk(2)]);
}
