import { join } from 'node:path';
import { decodeAudio, pcmToSamples } from '@parley/audio';
import { PROJECT_ROOT } from '@parley/config';

/* Samples at 16 kHz, for specs. */

/** A recording of `test/fixtures`. */
export async function fixture(name: string): Promise<Float32Array> {
  const { pcm } = await decodeAudio(join(PROJECT_ROOT, 'test/fixtures', name));
  return pcmToSamples(pcm);
}

export function silence(seconds: number): Float32Array {
  return new Float32Array(seconds * 16_000);
}

/** The same each time. */
export function noise(seconds: number, level: number): Float32Array {
  let seed = 1;
  return silence(seconds).map(() => {
    seed = (seed * 48_271) % 2_147_483_647;
    return level * (seed / 1_073_741_824 - 1);
  });
}

export function hum(seconds: number): Float32Array {
  return silence(seconds).map((_, index) => 0.1 * Math.sin((2 * Math.PI * 50 * index) / 16_000));
}
