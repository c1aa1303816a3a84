import { SAMPLES_PER_MS } from '@parley/audio';

/** The samples of a channel that are still needed, by their place in the meeting. */
export class AudioMemory {
  private chunks: { startMs: number; samples: Float32Array }[] = [];

  append(startMs: number, samples: Float32Array): void {
    if (samples.length > 0) this.chunks.push({ startMs, samples });
  }

  /** What is held of `[startMs, endMs)`. */
  slice(startMs: number, endMs: number): Float32Array {
    const parts = this.chunks.map((chunk) => {
      const from = Math.max(0, (startMs - chunk.startMs) * SAMPLES_PER_MS);
      return chunk.samples.subarray(from, Math.max(from, (endMs - chunk.startMs) * SAMPLES_PER_MS));
    });
    const all = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }

  forgetBefore(ms: number): void {
    const kept = this.chunks.findIndex(
      ({ startMs, samples }) => startMs + samples.length / SAMPLES_PER_MS > ms,
    );
    this.chunks = kept === -1 ? [] : this.chunks.slice(kept);
  }
}
