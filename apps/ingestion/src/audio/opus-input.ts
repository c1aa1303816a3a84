import { LiveAudioError, LiveDecoder, SAMPLE_RATE, samplesToPcm } from '@parley/audio';
import { ProblemError } from '@parley/contracts';

/** So much is decoded at a time: a few bytes of Opus may be seconds of sound. */
const PART_BYTES = 1_000;
/** Each is a thread, about 15 MB. */
const MOST_AT_ONCE = 64;

/**
 * One container of Opus, Ogg or WebM, that comes in pieces, as the samples that the log holds. The same bytes always
 * give the same samples: whoever sends a container again finds every one in its place.
 */
export class OpusInput {
  private static open = 0;
  private readonly decoder = new LiveDecoder({ monoRate: SAMPLE_RATE });
  private closed = false;

  private constructor() {
    OpusInput.open += 1;
  }

  /** @throws ProblemError `at-capacity` */
  static begin(): OpusInput {
    if (OpusInput.open >= MOST_AT_ONCE) {
      throw new ProblemError(
        'at-capacity',
        `So many channels (${MOST_AT_ONCE}) send Opus to this process that it decodes no more.`,
      );
    }
    return new OpusInput();
  }

  /** @throws ProblemError `unsupported-audio` */
  async *decode(bytes: Buffer): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length && !this.closed; at += PART_BYTES) {
      const part = bytes.subarray(at, at + PART_BYTES);
      const { channels } = await this.decoder.push(part).catch(refused);
      if (channels[0]?.length) yield samplesToPcm(channels[0]);
    }
  }

  /** No more of it comes. @returns what was held back, and whether the container is cut off */
  async end(): Promise<{ pcm: Buffer; brokenOff: boolean }> {
    try {
      const { channels } = await this.decoder.end();
      return { pcm: samplesToPcm(channels[0] ?? new Float32Array()), brokenOff: false };
    } catch (error) {
      if (!(error instanceof LiveAudioError)) throw error;
      return { pcm: Buffer.alloc(0), brokenOff: error.failure === 'broken-off' };
    } finally {
      this.close();
    }
  }

  /** May be called twice. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    OpusInput.open -= 1;
    void this.decoder.close();
  }
}

function refused(error: unknown): never {
  if (!(error instanceof LiveAudioError)) throw error;
  throw new ProblemError('unsupported-audio', `The audio cannot be decoded: ${error.message}.`);
}
