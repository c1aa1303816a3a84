import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blobName } from '../blob-name';
import { Blobs } from '../blobs';
import { BlobsUnavailableError } from '../blobs-unavailable.error';
import { KeyRing } from '../sealing/key-ring';
import { blobStoreContract } from '../testing/blob-store.contract';
import { FileBlobStore } from './file-blob.store';

const folders: string[] = [];

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-blobs-'));
  folders.push(folder);
  return folder;
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

blobStoreContract('filesystem', () => Promise.resolve(new FileBlobStore(newFolder())));

describe('blobs as files', () => {
  it('can be read by their owner only', async () => {
    const folder = newFolder();
    await new FileBlobStore(folder).put(blobName('tests', 'a'), piece());
    expect(statSync(join(folder, 'tests', 'a')).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'tests')).mode & 0o777).toBe(0o700);
  });

  it('say that they cannot be kept where there is no folder, as a code and nothing else', async () => {
    const file = join(newFolder(), 'no-folder');
    writeFileSync(file, '');
    const blobs = new Blobs(new FileBlobStore(file), new KeyRing([randomBytes(32)]));
    expect(await blobs.probe()).toEqual({ up: false, store: 'filesystem', reason: 'ENOTDIR' });
  });

  it('says that the disk refuses without saying where', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'tests'), 'a file where a folder must be');
    const refusal: unknown = await new FileBlobStore(folder)
      .put(blobName('tests', 'a', 'b'), piece())
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(BlobsUnavailableError);
    expect(String(refusal)).not.toContain(folder);
    expect(readdirSync(join(folder, '.unfinished'))).toEqual([]);
  });

  it('tidies up what a process that died left unfinished, and nothing that is being written', async () => {
    const folder = newFolder();
    const store = new FileBlobStore(folder);
    await store.put(blobName('tests', 'a'), piece());
    const [old, fresh] = ['old', 'fresh'].map((name) => join(folder, '.unfinished', name));
    writeFileSync(old ?? '', 'x');
    writeFileSync(fresh ?? '', 'x');
    utimesSync(old ?? '', 0, 0);
    await store.tidy();
    expect(readdirSync(join(folder, '.unfinished'))).toEqual(['fresh']);
  });

  it.each(['..', 'a/b', 'A', '.unfinished', '', 'a.b', 'a\\b'])(
    'has no name with %j in it',
    (part) => {
      expect(() => blobName('tests', part)).toThrow(RangeError);
    },
  );
});

async function* piece(): AsyncGenerator<Buffer> {
  yield await Promise.resolve(Buffer.from('x'));
}
