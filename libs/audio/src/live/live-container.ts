import { LiveAudioError } from './live-audio.error';
import { OggOpusStream } from './ogg-opus.stream';
import { WebmOpusStream } from './webm-opus.stream';

/** A container that comes in pieces, cut anywhere; what it holds back is bounded, however long it is. */
export interface ContainerStream {
  /** What the Opus stream says of itself (RFC 7845, section 5.1); null before it came. */
  readonly head: Uint8Array | null;
  /**
   * @returns the packets that became whole
   * @throws LiveAudioError
   */
  push(bytes: Uint8Array): Uint8Array[];
  /** Nothing is held back: the container ends here, or could. */
  readonly whole: boolean;
}

const OGG = 'OggS';
const EBML = '\x1a\x45\xdf\xa3';
const MAGIC_BYTES = 4;

/** Finds out by the first bytes which container it is. */
export class LiveContainer implements ContainerStream {
  private stream: ContainerStream | null = null;
  private first = Buffer.alloc(0);

  get head(): Uint8Array | null {
    return this.stream?.head ?? null;
  }

  get whole(): boolean {
    return this.stream?.whole ?? this.first.length === 0;
  }

  push(bytes: Uint8Array): Uint8Array[] {
    if (this.stream) return this.stream.push(bytes);
    this.first = Buffer.concat([this.first, bytes]);
    if (this.first.length < MAGIC_BYTES) return [];
    this.stream = streamOf(this.first.toString('latin1', 0, MAGIC_BYTES));
    const { first } = this;
    this.first = Buffer.alloc(0);
    return this.stream.push(first);
  }
}

function streamOf(magic: string): ContainerStream {
  if (magic === OGG) return new OggOpusStream();
  if (magic === EBML) return new WebmOpusStream();
  throw new LiveAudioError('unknown');
}
