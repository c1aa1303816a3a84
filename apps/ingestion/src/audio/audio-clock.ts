/** 16 kHz, 16 bits, mono. */
export const BYTES_PER_MS = 32;

/**
 * Turns bytes received into positions. Whole milliseconds only leave it: an odd rest waits for the
 * next frame, so that positions stay exact however a sender slices its audio.
 */
export class AudioClock {
  private rest: Buffer = Buffer.alloc(0);

  constructor(private positionMs: number) {}

  /** Where the next whole millisecond stands. */
  get nextMs(): number {
    return this.positionMs;
  }

  /** @returns the whole milliseconds that are complete now, or null. */
  accept(bytes: Buffer): { startMs: number; pcm: Buffer } | null {
    const all = this.rest.length > 0 ? Buffer.concat([this.rest, bytes]) : bytes;
    const ms = Math.floor(all.length / BYTES_PER_MS);
    this.rest = all.subarray(ms * BYTES_PER_MS);
    if (ms === 0) return null;
    const startMs = this.positionMs;
    this.positionMs += ms;
    return { startMs, pcm: all.subarray(0, ms * BYTES_PER_MS) };
  }

  /** Time that was never captured. */
  skip(ms: number): { startMs: number; endMs: number } {
    this.rest = Buffer.alloc(0);
    const startMs = this.positionMs;
    this.positionMs += ms;
    return { startMs, endMs: this.positionMs };
  }
}
