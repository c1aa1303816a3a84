import { LiveAudioError } from './live-audio.error';
import type { ContainerStream } from './live-container';

/* RFC 3533, section 6, and RFC 7845. */
const HEADER_BYTES = 27;
const MOST_SEGMENTS = 255;
const SEGMENT_BYTES = 255;
const CONTINUED = 1;
const FIRST = 2;
const MAGIC = 'OggS';
const HEAD = 'OpusHead';
const TAGS = 'OpusTags';
/** Opus packets are far smaller; tags may carry a picture, which is dropped piece by piece. */
const LARGEST_PACKET_BYTES = 65_536;

/** Takes the first Opus stream out of an Ogg that comes in pieces; holds at most a page and a packet. */
export class OggOpusStream implements ContainerStream {
  head: Uint8Array | null = null;
  private rest = Buffer.alloc(0);
  private serial: number | null = null;
  /** A packet that goes on in the next page. */
  private begun = Buffer.alloc(0);
  private tagsPassed = false;
  private dropping = false;

  get whole(): boolean {
    return this.rest.length === 0 && this.begun.length === 0;
  }

  push(bytes: Uint8Array): Uint8Array[] {
    this.rest = Buffer.concat([this.rest, bytes]);
    const packets: Uint8Array[] = [];
    for (let page = this.page(); page; page = this.page()) packets.push(...this.read(page));
    return packets;
  }

  /** Cuts the next page off; null while it is not whole. */
  private page(): Buffer | null {
    const { rest } = this;
    const magic = rest.toString('latin1', 0, Math.min(MAGIC.length, rest.length));
    if (!MAGIC.startsWith(magic)) throw new LiveAudioError('damaged');
    if (rest.length < HEADER_BYTES) return null;
    if (rest.readUInt8(4) !== 0) throw new LiveAudioError('damaged');
    const segments = rest.readUInt8(HEADER_BYTES - 1);
    const bodyAt = HEADER_BYTES + segments;
    if (rest.length < bodyAt) return null;
    const endAt = rest.subarray(HEADER_BYTES, bodyAt).reduce((sum, size) => sum + size, bodyAt);
    if (rest.length < endAt) return null;
    this.rest = Buffer.from(rest.subarray(endAt));
    return rest.subarray(0, endAt);
  }

  private read(page: Buffer): Uint8Array[] {
    const serial = page.readUInt32LE(14);
    const segments = Math.min(MOST_SEGMENTS, page.readUInt8(HEADER_BYTES - 1));
    const bodyAt = HEADER_BYTES + segments;
    // All streams begin before any goes on: one that begins later is a further file, and nobody would hear it.
    if (this.tagsPassed && (page.readUInt8(5) & FIRST) !== 0)
      throw new LiveAudioError('broken-off');
    if (this.serial === null) {
      const isOpus = page.toString('latin1', bodyAt, bodyAt + HEAD.length) === HEAD;
      // The streams of a file begin with their heads; behind those there is none any more.
      if (!isOpus && page.readUInt8(5) % 4 < 2) throw new LiveAudioError('no-opus');
      if (isOpus) this.serial = serial;
    }
    if (serial !== this.serial) return [];
    if (page.readUInt8(5) % 2 !== CONTINUED) this.begun = Buffer.alloc(0);
    const packets: Uint8Array[] = [];
    let [at, length] = [bodyAt, 0];
    for (const size of page.subarray(HEADER_BYTES, bodyAt)) {
      length += size;
      if (size === SEGMENT_BYTES) continue;
      packets.push(...this.packet(page.subarray(at, at + length)));
      at += length;
      length = 0;
    }
    this.hold(page.subarray(at, at + length));
    return packets;
  }

  private hold(part: Buffer): void {
    if (this.begun.length + part.length <= LARGEST_PACKET_BYTES) {
      this.begun = Buffer.concat([this.begun, part]);
    } else if (this.tagsPassed) {
      throw new LiveAudioError('too-large');
    } else {
      this.dropping = true;
    }
  }

  /** The end of a packet, which may have begun in an earlier page. */
  private packet(end: Buffer): Uint8Array[] {
    this.hold(end);
    const { begun, dropping } = this;
    this.begun = Buffer.alloc(0);
    this.dropping = false;
    const magic = begun.toString('latin1', 0, TAGS.length);
    if (!this.head) {
      if (magic !== HEAD) throw new LiveAudioError('no-opus');
      this.head = new Uint8Array(begun);
      return [];
    }
    if (!this.tagsPassed) {
      this.tagsPassed = true;
      if (magic !== TAGS || dropping) return magic === TAGS ? [] : this.damaged();
      return [];
    }
    return begun.length === 0 ? [] : [new Uint8Array(begun)];
  }

  private damaged(): never {
    throw new LiveAudioError('damaged');
  }
}
