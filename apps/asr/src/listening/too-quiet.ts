import { loudness, SAMPLES_PER_MS } from '@parley/audio';

/** As long as a syllable lasts. */
const WINDOW = 100 * SAMPLES_PER_MS;
/** -64 dB of full scale, some twenty steps of 16 bits: nobody could hear a word in it. */
const LEAST_LOUDNESS = 0.000_63;

/** Whether no moment of it is loud enough for a word, whatever a detector took it for. */
export function isTooQuiet(samples: Float32Array): boolean {
  for (let from = 0; from < samples.length; from += WINDOW) {
    if (loudness(samples.subarray(from, from + WINDOW)) >= LEAST_LOUDNESS) return false;
  }
  return true;
}
