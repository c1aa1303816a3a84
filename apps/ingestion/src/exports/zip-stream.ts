import { createHash } from 'node:crypto';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';

export interface ZipFile {
  name: string;
  /** In pieces: only one is held at a time. */
  content: AsyncIterable<string | Uint8Array> | Iterable<string>;
  /** It would hardly become smaller. */
  asItIs?: boolean;
}

/** One file of an archive, as its manifest names it. */
export interface ZippedFile {
  name: string;
  bytes: number;
  sha256: string;
}

/** What an archive should hold and does not, as its manifest says it. */
export interface LeftOut {
  name: string;
  because: string;
}

/** Of audio that cannot be read; `away` also where no setting says where it is. */
export const AUDIO_LEFT_OUT = {
  away: 'the store of audio cannot be reached',
  damaged: 'it does not open: altered or missing in the store of audio, or its key is',
} as const;

const LEVEL = 6;
/** What an archive of the old format can say; ZIP64 is not written. The highest number of each is a mark of ZIP64. */
const BOUNDS = { bytes: 0xffff_fffe, files: 0xfffe };
/** In the directory at the end: an entry besides its name, and the end itself, rounded up. */
const ENTRY_BYTES = 64;
const END_BYTES = 64;

/** The archive would end as usual and not open. */
export class ArchiveTooLargeError extends Error {
  override readonly name = 'ArchiveTooLargeError';

  constructor(readonly bounds: { bytes: number; files: number }) {
    super(`an archive holds at most ${bounds.bytes} bytes and ${bounds.files} files`);
  }
}

/** A file that programs read, and people can. */
export function json(name: string, content: unknown): ZipFile {
  return { name, content: [`${JSON.stringify(content, null, 2)}\n`] };
}

/**
 * A ZIP archive of these files, piece by piece, and last a `manifest.json` with the size and hash of each. One that
 * was cut off has no directory, so that no program takes it for whole.
 * @param about stands in the manifest beside the files
 * @throws ArchiveTooLargeError before its end
 */
export async function* zipStream(
  files: Iterable<ZipFile> | AsyncIterable<ZipFile>,
  about: object,
  bounds = BOUNDS,
): AsyncGenerator<Uint8Array, void> {
  let ready: Uint8Array[] = [];
  let failure: Error | null = null;
  let sent = 0;
  let directory = END_BYTES;
  const zip = new Zip((error, chunk) => {
    if (error) failure = error;
    else ready.push(chunk);
  });
  function* take(): Generator<Uint8Array> {
    if (failure) throw failure;
    for (const chunk of ready) sent += chunk.length;
    if (sent + directory > bounds.bytes) throw new ArchiveTooLargeError(bounds);
    yield* ready;
    ready = [];
  }
  const zipped: ZippedFile[] = [];
  async function* add({ name, content: given, asItIs }: ZipFile): AsyncGenerator<Uint8Array> {
    const file = asItIs ? new ZipPassThrough(name) : new ZipDeflate(name, { level: LEVEL });
    directory += ENTRY_BYTES + Buffer.byteLength(name);
    if (zipped.length === bounds.files) throw new ArchiveTooLargeError(bounds);
    zip.add(file);
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const piece of given) {
      const content = typeof piece === 'string' ? Buffer.from(piece) : piece;
      hash.update(content);
      bytes += content.length;
      if (bytes > bounds.bytes) throw new ArchiveTooLargeError(bounds);
      file.push(content);
      yield* take();
    }
    file.push(new Uint8Array(0), true);
    yield* take();
    zipped.push({ name, bytes, sha256: hash.digest('hex') });
  }
  for await (const file of files) yield* add(file);
  yield* add(json('manifest.json', { ...about, files: [...zipped] }));
  // It follows itself now.
  directory = 0;
  zip.end();
  yield* take();
}
