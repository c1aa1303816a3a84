/** The one form that audio has inside Parley: 16 kHz, mono, signed 16-bit little-endian. */
export const SAMPLE_RATE = 16_000;
export const SAMPLES_PER_MS = SAMPLE_RATE / 1_000;
export const BYTES_PER_SAMPLE = 2;
export const BYTES_PER_MS = SAMPLES_PER_MS * BYTES_PER_SAMPLE;

const FULL_SCALE = 32_768;

/** Samples from -1 to 1 out of s16le bytes; an odd last byte is left out. */
export function pcmToSamples(pcm: Uint8Array): Float32Array {
  const view = new DataView(pcm.buffer, pcm.byteOffset, pcm.byteLength);
  const samples = new Float32Array(Math.floor(pcm.byteLength / BYTES_PER_SAMPLE));
  for (let index = 0; index < samples.length; index++) {
    samples[index] = view.getInt16(index * BYTES_PER_SAMPLE, true) / FULL_SCALE;
  }
  return samples;
}

/** s16le bytes of samples from -1 to 1; what is louder is clipped, what is no number becomes silence. */
export function samplesToPcm(samples: Float32Array): Buffer {
  const pcm = Buffer.alloc(samples.length * BYTES_PER_SAMPLE);
  for (let index = 0; index < samples.length; index++) {
    const sample = samples[index] ?? 0;
    const value = Math.round(Number.isNaN(sample) ? 0 : sample * FULL_SCALE);
    const clipped = Math.max(-FULL_SCALE, Math.min(FULL_SCALE - 1, value));
    pcm.writeInt16LE(clipped, index * BYTES_PER_SAMPLE);
  }
  return pcm;
}

/** The mean of all channels. */
export function mixDown(channels: readonly Float32Array[]): Float32Array {
  const [first, ...others] = channels;
  if (!first) return new Float32Array();
  if (others.length === 0) return first;
  const mono = new Float32Array(first.length);
  for (const channel of channels) {
    for (let index = 0; index < mono.length; index++) {
      mono[index] = (mono[index] ?? 0) + (channel[index] ?? 0) / channels.length;
    }
  }
  return mono;
}

/** Root mean square: how loud a stretch is, from 0 to 1. */
export function loudness(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length);
}
