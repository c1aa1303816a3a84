import { LiveAudioError } from './live-audio.error';
import type { ContainerStream } from './live-container';

/* Element ids: RFC 9559 (Matroska), with their length markers. */
const SEGMENT = 0x18538067;
const CLUSTER = 0x1f43b675;
const TRACKS = 0x1654ae6b;
const TRACK_ENTRY = 0xae;
const BLOCK_GROUP = 0xa0;
const TRACK_NUMBER = 0xd7;
const CODEC_ID = 0x86;
const CODEC_PRIVATE = 0x63a2;
const SIMPLE_BLOCK = 0xa3;
const BLOCK = 0xa1;

/** Their children are read as they come; where one ends does not matter. */
const OPENED = new Set([SEGMENT, CLUSTER, TRACKS, TRACK_ENTRY, BLOCK_GROUP]);
const READ = new Set([TRACK_NUMBER, CODEC_ID, CODEC_PRIVATE, SIMPLE_BLOCK, BLOCK]);

const OPUS = 'A_OPUS';
const LONGEST_HEADER_BYTES = 12;
/** Opus packets are far smaller; a larger block is a picture's. */
const LARGEST_READ_BYTES = 65_536;
const LACING = 0x06;
const MOST_TRACKS = 16;

interface Track {
  number: number;
  codec: string;
  head: Uint8Array | null;
}

interface Element {
  id: number;
  /** Null where the writer did not know: it goes on until the next of its kind. */
  size: number | null;
  headerBytes: number;
}

/** Takes the first Opus track out of a WebM that comes in pieces, as MediaRecorder writes it; holds one element at most. */
export class WebmOpusStream implements ContainerStream {
  private rest = Buffer.alloc(0);
  /** Bytes that still belong to what is passed over. */
  private passing = 0;
  private readonly tracks: Track[] = [];
  private track: Track | null = null;

  get head(): Uint8Array | null {
    return this.track?.head ?? null;
  }

  get whole(): boolean {
    return this.rest.length === 0 && this.passing === 0;
  }

  push(bytes: Uint8Array): Uint8Array[] {
    const passed = Math.min(this.passing, bytes.length);
    this.passing -= passed;
    this.rest = Buffer.concat([this.rest, bytes.subarray(passed)]);
    const packets: Uint8Array[] = [];
    let at = 0;
    for (;;) {
      const element = elementAt(this.rest, at);
      if (!element) break;
      const startAt = at + element.headerBytes;
      if (OPENED.has(element.id)) {
        this.open(element.id);
        at = startAt;
        continue;
      }
      const { size } = element;
      if (size === null) throw new LiveAudioError('damaged');
      if (!READ.has(element.id) || size > LARGEST_READ_BYTES) {
        const here = Math.min(size, this.rest.length - startAt);
        this.passing = size - here;
        at = startAt + here;
        if (this.passing > 0) break;
        continue;
      }
      if (this.rest.length < startAt + size) break;
      const packet = this.read(element.id, this.rest.subarray(startAt, startAt + size));
      if (packet) packets.push(packet);
      at = startAt + size;
    }
    this.rest = Buffer.from(this.rest.subarray(at));
    return packets;
  }

  private open(id: number): void {
    if (id === TRACK_ENTRY) {
      if (this.tracks.length >= MOST_TRACKS) throw new LiveAudioError('too-large');
      this.tracks.push({ number: 0, codec: '', head: null });
    }
    if (id === CLUSTER && !this.track) {
      this.track = this.tracks.find(({ codec }) => codec === OPUS) ?? null;
      // Without its head nobody knows how to decode it.
      if (!this.track?.head) throw new LiveAudioError('no-opus');
    }
  }

  private read(id: number, data: Buffer): Uint8Array | null {
    const track = this.tracks.at(-1);
    switch (id) {
      case TRACK_NUMBER:
        if (track) track.number = data.reduce((sum, byte) => sum * 256 + byte, 0);
        return null;
      case CODEC_ID:
        if (track) track.codec = data.toString('latin1').replace(/\0+$/, '');
        return null;
      case CODEC_PRIVATE:
        if (track) track.head = new Uint8Array(data);
        return null;
      default:
        return this.block(data);
    }
  }

  private block(data: Buffer): Uint8Array | null {
    const number = vint(data, 0);
    if (!this.track || !number) throw new LiveAudioError('damaged');
    if (number.value !== this.track.number) return null;
    // Behind the number: two bytes of time, then the flags.
    const flagsAt = number.bytes + 2;
    const flags = data[flagsAt];
    if (flags === undefined || (flags & LACING) !== 0) throw new LiveAudioError('damaged');
    return data.length > flagsAt + 1 ? new Uint8Array(data.subarray(flagsAt + 1)) : null;
  }
}

/** @returns null while its header is not whole */
function elementAt(bytes: Buffer, at: number): Element | null {
  if (at >= bytes.length) return null;
  const id = vint(bytes, at, true);
  const size = id && vint(bytes, at + id.bytes);
  if (!id || !size) {
    if (bytes.length - at >= LONGEST_HEADER_BYTES) throw new LiveAudioError('damaged');
    return null;
  }
  if (id.bytes > 4) throw new LiveAudioError('damaged');
  const unknown = size.value === 2 ** (7 * size.bytes) - 1;
  return { id: id.value, size: unknown ? null : size.value, headerBytes: id.bytes + size.bytes };
}

/** A number whose first byte says how long it is. @returns null while it is not whole, or when it is none */
function vint(
  bytes: Buffer,
  at: number,
  withMarker = false,
): { value: number; bytes: number } | null {
  const first = bytes[at];
  if (first === undefined || first === 0) return null;
  const length = Math.clz32(first) - 23;
  if (at + length > bytes.length) return null;
  let value = withMarker ? first : first & (0xff >> length);
  for (const byte of bytes.subarray(at + 1, at + length)) value = value * 256 + byte;
  return { value, bytes: length };
}
