import { LiveAudioError, LiveDecoder, SAMPLE_RATE, samplesToPcm } from '@parley/audio';
import { ProblemError } from '@parley/contracts';

/** So much is decoded at a time: a few bytes of Opus may be seconds of sound. */
const PART_BYTES = 1_000;
/** Each is a thread, about 15 MB. */
const MOST_AT_ONCE = 64;
const NO_SAMPLES = new Float32Array();

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

  /**
   * Gives nothing once it is closed.
   * @throws ProblemError `unsupported-audio`, and is closed: what follows would stand too early
   */
  async *decode(bytes: Buffer): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length && !this.closed; at += PART_BYTES) {
      const samples = await this.samplesOf(bytes.subarray(at, at + PART_BYTES));
      if (samples.length > 0) yield samplesToPcm(samples);
    }
  }

  /** No more of it comes. @returns what was held back, and whether something of the container is missing */
  async end(): Promise<{ pcm: Buffer; brokenOff: boolean }> {
    if (this.closed) return { pcm: Buffer.alloc(0), brokenOff: true };
    try {
      const { channels } = await this.decoder.end();
      return { pcm: samplesToPcm(channels[0] ?? NO_SAMPLES), brokenOff: false };
    } catch (error) {
      if (!(error instanceof LiveAudioError)) throw error;
      return { pcm: Buffer.alloc(0), brokenOff: error.failure !== 'empty' };
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

  private async samplesOf(part: Buffer): Promise<Float32Array> {
    try {
      const { channels } = await this.decoder.push(part);
      return channels[0] ?? NO_SAMPLES;
    } catch (error) {
      // It was closed meanwhile, and nobody waits for this part.
      if (this.closed) return NO_SAMPLES;
      this.close();
      if (!(error instanceof LiveAudioError)) throw error;
      throw new ProblemError('unsupported-audio', `The audio cannot be decoded: ${error.message}.`);
    }
  }
}
