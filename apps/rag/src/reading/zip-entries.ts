import { inflateRawSync } from 'node:zlib';

export class ZipError extends Error {
  constructor(readonly reason: 'encrypted' | 'broken' | 'too-large') {
    super(reason);
  }
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 65_535;
const MOST_ENTRIES = 10_000;

/**
 * Unpacks the named entries of a ZIP archive (APPNOTE.TXT 6.3, sections 4.3.7, 4.3.12 and 4.3.16), found by its
 * directory, and no others: what is not named costs nothing, however large it claims to be.
 * @param maxBytes of all that is unpacked together
 * @throws ZipError
 */
export function readZipEntries(
  bytes: Uint8Array,
  names: string[],
  maxBytes: number,
): Map<string, Buffer> {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return unpack(archive, names, maxBytes);
  } catch (error) {
    if (error instanceof ZipError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new ZipError(code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'broken');
  }
}

function unpack(archive: Buffer, names: string[], maxBytes: number): Map<string, Buffer> {
  const end = endOfDirectory(archive);
  const count = archive.readUInt16LE(end + 10);
  if (count > MOST_ENTRIES) throw new ZipError('too-large');
  const found = new Map<string, Buffer>();
  let left = maxBytes;
  let at = archive.readUInt32LE(end + 16);
  for (let entry = 0; entry < count; entry++) {
    if (archive.readUInt32LE(at) !== CENTRAL) throw new ZipError('broken');
    const nameBytes = archive.readUInt16LE(at + 28);
    const name = archive.toString('utf8', at + 46, at + 46 + nameBytes);
    if (names.includes(name) && !found.has(name)) {
      const content = contentOf(archive, at, left);
      left -= content.length;
      found.set(name, content);
    }
    at += 46 + nameBytes + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return found;
}

function endOfDirectory(archive: Buffer): number {
  const earliest = Math.max(0, archive.length - END_BYTES - LONGEST_COMMENT);
  for (let at = archive.length - END_BYTES; at >= earliest; at--) {
    if (archive.readUInt32LE(at) === END) return at;
  }
  throw new ZipError('broken');
}

function contentOf(archive: Buffer, at: number, maxBytes: number): Buffer {
  if ((archive.readUInt16LE(at + 8) & 1) === 1) throw new ZipError('encrypted');
  const method = archive.readUInt16LE(at + 10);
  const packedBytes = archive.readUInt32LE(at + 20);
  const local = archive.readUInt32LE(at + 42);
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const packed = archive.subarray(start, start + packedBytes);
  if (packed.length !== packedBytes) throw new ZipError('broken');
  if (method === 0) {
    if (packed.length > maxBytes) throw new ZipError('too-large');
    return packed;
  }
  if (method !== 8) throw new ZipError('broken');
  // The size that the directory states may be a lie: the limit is on what comes out.
  return inflateRawSync(packed, { maxOutputLength: Math.max(1, maxBytes) });
}
