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

const LEVEL = 6;

/**
 * A ZIP archive of these files, piece by piece, and last a `manifest.json` with the size and hash of each. One that
 * was cut off has no directory, so that no program takes it for whole.
 * @param about stands in the manifest beside the files
 */
export async function* zipStream(
  files: Iterable<ZipFile> | AsyncIterable<ZipFile>,
  about: object,
): AsyncGenerator<Uint8Array, void> {
  let ready: Uint8Array[] = [];
  let failure: Error | null = null;
  const zip = new Zip((error, chunk) => {
    if (error) failure = error;
    else ready.push(chunk);
  });
  function* take(): Generator<Uint8Array> {
    if (failure) throw failure;
    yield* ready;
    ready = [];
  }
  const zipped: ZippedFile[] = [];
  async function* add({ name, content: given, asItIs }: ZipFile): AsyncGenerator<Uint8Array> {
    const file = asItIs ? new ZipPassThrough(name) : new ZipDeflate(name, { level: LEVEL });
    zip.add(file);
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const piece of given) {
      const content = typeof piece === 'string' ? Buffer.from(piece) : piece;
      hash.update(content);
      bytes += content.length;
      file.push(content);
      yield* take();
    }
    file.push(new Uint8Array(0), true);
    yield* take();
    zipped.push({ name, bytes, sha256: hash.digest('hex') });
  }
  for await (const file of files) yield* add(file);
  const manifest = `${JSON.stringify({ ...about, files: [...zipped] }, null, 2)}\n`;
  yield* add({ name: 'manifest.json', content: [manifest] });
  zip.end();
  yield* take();
}
