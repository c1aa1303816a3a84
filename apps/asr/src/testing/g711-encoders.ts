import { samplesToPcm } from '@parley/audio';

/** Samples as callers of an older kind send them. */
export function encoded(samples: Float32Array, encoding: 'mulaw' | 'alaw' | 'linear32'): Buffer {
  if (encoding === 'linear32') return Buffer.from(samples.buffer, 0, samples.length * 4);
  const pcm = samplesToPcm(samples);
  const codes = Buffer.alloc(samples.length);
  for (let at = 0; at < codes.length; at += 1) {
    codes[at] = (encoding === 'mulaw' ? muLaw : aLaw)(pcm.readInt16LE(at * 2));
  }
  return codes;
}

/** ITU-T G.711, the other way round than Parley has it. */
function muLaw(sample: number): number {
  const magnitude = Math.min(32_635, Math.abs(sample)) + 132;
  const exponent = Math.floor(Math.log2(magnitude)) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~((sample < 0 ? 0x80 : 0) | (exponent << 4) | mantissa) & 0xff;
}

function aLaw(sample: number): number {
  const magnitude = Math.min(32_767, Math.abs(sample));
  const exponent = magnitude < 256 ? 0 : Math.floor(Math.log2(magnitude)) - 7;
  const mantissa = (magnitude >> (exponent === 0 ? 4 : exponent + 3)) & 0x0f;
  return ((sample < 0 ? 0 : 0x80) | (exponent << 4) | mantissa) ^ 0x55;
}
