import { loudness, SAMPLES_PER_MS } from '@parley/audio';

const WINDOW_MS = 96;
const STEP_MS = 16;

/**
 * The middle of the least speech-like stretch of `samples`, in milliseconds from their begin: where
 * someone who does not pause is cut with the least harm.
 */
export function quietestMoment(samples: Float32Array): number {
  const window = WINDOW_MS * SAMPLES_PER_MS;
  let best = { at: 0, level: Infinity };
  for (let from = 0; from + window <= samples.length; from += STEP_MS * SAMPLES_PER_MS) {
    const level = loudness(samples.subarray(from, from + window));
    if (level < best.level) best = { at: from + window / 2, level };
  }
  return Math.round(best.at / SAMPLES_PER_MS);
}
