import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BlobStore, ByteRange, OpenBlob } from '../blob-store';
import { BlobsUnavailableError } from '../blobs-unavailable.error';

/** Names of blobs have no dot in them: none of them is in there. */
const UNFINISHED = '.unfinished';
/** What was being written when a process died. */
const ABANDONED_AFTER_MS = 24 * 3_600_000;

/** Blobs as files below one folder, which several processes may share. */
export class FileBlobStore implements BlobStore {
  readonly kind = 'filesystem';

  constructor(private readonly root: string) {}

  /** Written beside, made durable, then named: whoever reads sees all of it or none. */
  async put(name: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    const unfinished = join(this.root, UNFINISHED, randomUUID());
    const path = this.pathOf(name);
    await told(async () => {
      await mkdir(dirname(unfinished), { recursive: true, mode: 0o700 });
      try {
        const file = await open(unfinished, 'wx', 0o600);
        try {
          for await (const piece of content) await file.writeFile(piece);
          await file.sync();
        } finally {
          await file.close();
        }
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        await rename(unfinished, path);
        await syncFolder(dirname(path));
      } catch (error) {
        await unlink(unfinished).catch(() => undefined);
        throw error;
      }
    });
  }

  async open(name: string, range?: ByteRange): Promise<OpenBlob | null> {
    return told(async () => {
      const path = this.pathOf(name);
      const found = await unlessMissing(stat(path));
      if (!found) return null;
      const { size } = found;
      const [from, to] = [range?.from ?? 0, Math.min(range?.to ?? size, size)];
      // Of this stream `end` is part of what is read.
      const bytes = from < to ? createReadStream(path, { start: from, end: to - 1 }) : [];
      return { size, content: readable(bytes) };
    });
  }

  async remove(name: string): Promise<void> {
    await told(() => unlessMissing(unlink(this.pathOf(name))));
  }

  async removeAll(folder: string): Promise<number> {
    return told(async () => {
      let removed = 0;
      for await (const name of this.list(folder)) if (name) removed += 1;
      await rm(this.pathOf(folder), { recursive: true, force: true });
      return removed;
    });
  }

  async *list(folder: string): AsyncGenerator<string> {
    const entries = await told(() =>
      unlessMissing(readdir(this.pathOf(folder), { withFileTypes: true })),
    );
    for (const entry of entries ?? []) {
      const name = `${folder}/${entry.name}`;
      if (entry.isDirectory()) yield* this.list(name);
      else yield name;
    }
  }

  /** Removes what processes that died were writing. */
  async tidy(): Promise<void> {
    const folder = join(this.root, UNFINISHED);
    for (const name of (await unlessMissing(readdir(folder))) ?? []) {
      const file = join(folder, name);
      const found = await unlessMissing(stat(file));
      if (found && Date.now() - found.mtimeMs > ABANDONED_AFTER_MS) await rm(file, { force: true });
    }
  }

  /** A file of one byte: a full disk, too, lets empty ones be made. */
  async check(): Promise<void> {
    await told(async () => {
      const folder = join(this.root, UNFINISHED);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = join(folder, randomUUID());
      try {
        await writeFile(file, '.', { flag: 'wx', mode: 0o600 });
      } finally {
        await rm(file, { force: true });
      }
    });
  }

  async close(): Promise<void> {
    // There is nothing to let go of.
  }

  private pathOf(name: string): string {
    return join(this.root, ...name.split('/'));
  }
}

/** Only then is the new name durable, too. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
}

async function* readable(bytes: AsyncIterable<Buffer> | Buffer[]): AsyncGenerator<Buffer> {
  try {
    yield* bytes;
  } catch (error) {
    throw asUnavailable(error);
  }
}

async function unlessMissing<Found>(asked: Promise<Found>): Promise<Found | null> {
  try {
    return await asked;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function told<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw asUnavailable(error);
  }
}

/** The code alone: the message of an error of files has the path in it. */
function asUnavailable(error: unknown): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return code !== undefined && syscall !== undefined ? new BlobsUnavailableError(code) : error;
}
