import { open, type FileHandle } from 'node:fs/promises';

/** What a model says of itself, e.g. `model_type`; empty for files that say nothing or are not ONNX. */
export type OnnxMetadata = ReadonlyMap<string, string>;

/* ModelProto's fields, and those of an entry: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto */
const METADATA = 14;
const KEY = 1;
const VALUE = 2;

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

const HEADER_BYTES = 24;
/** The statistics that some models carry take some ten thousand bytes. */
const LARGEST_ENTRY_BYTES = 1_000_000;
const MOST_FIELDS = 10_000;

/** Reads the metadata of an ONNX file, passing over the weights: a few small reads, whatever its size. */
export async function readOnnxMetadata(path: string): Promise<OnnxMetadata> {
  const file = await open(path);
  try {
    const metadata = new Map<string, string>();
    const { size } = await file.stat();
    for (let at = 0, fields = 0; at < size && fields < MOST_FIELDS; fields++) {
      const field = await readField(file, at);
      if (!field || field.endAt > size) return metadata;
      if (field.number === METADATA && field.type === BYTES) {
        const [key, value] = await readEntry(file, field);
        if (key !== undefined) metadata.set(key, value ?? '');
      }
      at = field.endAt;
    }
    return metadata;
  } finally {
    await file.close();
  }
}

interface Field {
  number: number;
  type: number;
  startAt: number;
  endAt: number;
}

async function readField(file: FileHandle, at: number): Promise<Field | null> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, at);
  return fieldIn(buffer.subarray(0, bytesRead), at);
}

/** @returns null for what is no field */
function fieldIn(bytes: Buffer, at: number): Field | null {
  const tag = varint(bytes, 0);
  if (!tag) return null;
  const [number, type] = [Math.floor(tag.value / 8), tag.value % 8];
  const startAt = at + tag.bytes;
  const fixed = type === FIXED64 ? 8 : type === FIXED32 ? 4 : null;
  if (fixed !== null) return { number, type, startAt, endAt: startAt + fixed };
  const next = varint(bytes, tag.bytes);
  if (!next) return null;
  if (type === VARINT) return { number, type, startAt, endAt: startAt + next.bytes };
  if (type !== BYTES) return null;
  const from = startAt + next.bytes;
  return { number, type, startAt: from, endAt: from + next.value };
}

async function readEntry(
  file: FileHandle,
  { startAt, endAt }: Field,
): Promise<[key?: string, value?: string]> {
  const length = endAt - startAt;
  if (length > LARGEST_ENTRY_BYTES) return [];
  const { buffer } = await file.read(Buffer.alloc(length), 0, length, startAt);
  const entry: [key?: string, value?: string] = [];
  for (let at = 0; at < length;) {
    const field = fieldIn(buffer.subarray(at), at);
    if (!field) return entry;
    const text = buffer.toString('utf8', field.startAt, field.endAt);
    if (field.number === KEY) entry[0] = text;
    if (field.number === VALUE) entry[1] = text;
    at = field.endAt;
  }
  return entry;
}

function varint(bytes: Buffer, from: number): { value: number; bytes: number } | null {
  let value = 0;
  for (let at = 0; at < 10; at++) {
    const byte = bytes[from + at];
    if (byte === undefined) return null;
    value += (byte & 0x7f) * 2 ** (7 * at);
    if (byte < 0x80) return { value, bytes: at + 1 };
  }
  return null;
}
