import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { blobName } from '../blob-name';
import type { BlobStore } from '../blob-store';

/** What every store of blobs promises. */
export function blobStoreContract(kind: string, open: () => Promise<BlobStore>): void {
  describe(`a store of blobs (${kind})`, () => {
    let store: BlobStore;
    const name = blobName('tests', 'a', 'one');
    const text = async (what: string, range?: { from: number; to: number }) => {
      const found = await store.open(what, range);
      return found && (await buffer(found.content)).toString();
    };
    const put = (what: string, content: string) => store.put(what, pieces(Buffer.from(content)));
    const names = async (folder: string) => {
      const found: string[] = [];
      for await (const one of store.list(folder)) found.push(one);
      return found.sort();
    };

    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    it('gives back what it was given', async () => {
      await put(name, 'hello');
      expect(await text(name)).toBe('hello');
    });

    it('keeps what comes in many pieces and is larger than one part, with its size', async () => {
      const content = randomBytes(9 * 1_048_576 + 7);
      await store.put(name, pieces(content, 100_000));
      const found = await store.open(name);
      expect(found?.size).toBe(content.length);
      expect((await buffer(found?.content ?? Readable.from([]))).equals(content)).toBe(true);
    });

    it('gives a stretch, as much of it as there is, and says how large the whole is', async () => {
      await put(name, '0123456789');
      expect(await text(name, { from: 2, to: 5 })).toBe('234');
      expect(await text(name, { from: 8, to: 50 })).toBe('89');
      expect((await store.open(name, { from: 0, to: 1 }))?.size).toBe(10);
    });

    it('has nothing under a name that nobody put', async () => {
      expect(await store.open(blobName('tests', 'b'))).toBeNull();
      await store.remove(blobName('tests', 'b'));
      expect(await store.removeAll(blobName('tests', 'b'))).toBe(0);
    });

    it('puts the new in the place of the old', async () => {
      await put(name, 'old and long');
      await put(name, 'new');
      expect(await text(name)).toBe('new');
    });

    it('keeps nothing of what broke off, and what was there before', async () => {
      await put(name, 'before');
      await expect(store.put(name, breaksOff())).rejects.toThrow();
      expect(await text(name)).toBe('before');
      expect(await names('tests')).toEqual([name]);
    });

    it('lists and removes what is in a folder, and nothing beside it', async () => {
      const beside = blobName('tests', 'ab', 'one');
      for (const one of [name, blobName('tests', 'a', 'two'), blobName('tests', 'a', 'b', 'c')]) {
        await put(one, 'x');
      }
      await put(beside, 'x');
      expect(await names(blobName('tests', 'a'))).toHaveLength(3);
      expect(await store.removeAll(blobName('tests', 'a'))).toBe(3);
      expect(await names(blobName('tests', 'a'))).toEqual([]);
      expect(await names('tests')).toEqual([beside]);
    });

    it('says that it can be used, and leaves nothing behind', async () => {
      await expect(store.check()).resolves.toBeUndefined();
      expect(await names('tests')).toEqual([]);
    });

    it('removes one', async () => {
      await put(name, 'x');
      await store.remove(name);
      expect(await store.open(name)).toBeNull();
    });
  });
}

async function* pieces(content: Buffer, size = 3): AsyncGenerator<Buffer> {
  for (let at = 0; at < content.length; at += size) {
    // Others have their turn in between, as with a network.
    if (at % (10 * size) === 0) await setImmediate();
    yield content.subarray(at, at + size);
  }
}

async function* breaksOff(): AsyncGenerator<Buffer> {
  for (let piece = 0; piece < 10; piece += 1) yield Buffer.alloc(1_048_576, 'x');
  await setImmediate();
  throw new Error('the source broke off');
}
