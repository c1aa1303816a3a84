/** What an Opus stream says of itself (RFC 7845, section 5.1). */
export interface OpusHead {
  /** 48 kHz samples to drop at the start. */
  preSkip: number;
  /** Which stream each channel comes from; null for plain mono and stereo. */
  mapping: {
    streamCount: number;
    coupledStreamCount: number;
    channelMappingTable: number[];
  } | null;
}

/** As WebCodecs names it; not in Node's types. */
export type OpusDescription = ArrayBuffer | SharedArrayBuffer | ArrayBufferView;

const MAGIC = 'OpusHead';
const MAPPING_AT = 18;

/** @returns null when there is none */
export function readOpusHead(description: OpusDescription | undefined): OpusHead | null {
  if (!description) return null;
  const head = ArrayBuffer.isView(description)
    ? Buffer.from(description.buffer, description.byteOffset, description.byteLength)
    : Buffer.from(description);
  if (head.length <= MAPPING_AT || head.toString('latin1', 0, MAGIC.length) !== MAGIC) return null;
  const channels = head.readUInt8(9);
  const table = head.subarray(MAPPING_AT + 3, MAPPING_AT + 3 + channels);
  const mapped = head.readUInt8(MAPPING_AT) !== 0 && table.length === channels;
  return {
    preSkip: head.readUInt16LE(10),
    mapping: mapped
      ? {
          streamCount: head.readUInt8(MAPPING_AT + 1),
          coupledStreamCount: head.readUInt8(MAPPING_AT + 2),
          channelMappingTable: [...table],
        }
      : null,
  };
}
