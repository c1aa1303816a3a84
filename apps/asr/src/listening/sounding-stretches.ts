import { loudness, SAMPLES_PER_MS } from '@parley/audio';
import type { Stretch } from './phrases';

const FRAME_MS = 16;
/** Against the loud frames: what is more quiet than so much of them is between the words. About -26 dB. */
const SOUNDING = 0.05;
/** Loud is what this part of the frames is quieter than. */
const LOUD = 0.9;
/** Stops within words are quieter, for less than this. */
const SHORTEST_PAUSE_MS = 128;
/** A click, or a breath. */
const SHORTEST_SOUND_MS = 48;

/**
 * Where in `samples` there is sound as loud as speech, without the pauses.
 * @returns times from their begin, in order; none of what is silent throughout
 */
export function soundingStretches(samples: Float32Array): Stretch[] {
  const frame = FRAME_MS * SAMPLES_PER_MS;
  const levels = Array.from({ length: Math.floor(samples.length / frame) }, (_, at) =>
    loudness(samples.subarray(at * frame, (at + 1) * frame)),
  );
  const loud = levels.toSorted((a, b) => a - b)[Math.floor(levels.length * LOUD)] ?? 0;
  const stretches: Stretch[] = [];
  for (const [at, level] of levels.entries()) {
    if (level === 0 || level < loud * SOUNDING) continue;
    const startMs = at * FRAME_MS;
    const last = stretches.at(-1);
    if (last && startMs - last.endMs < SHORTEST_PAUSE_MS) last.endMs = startMs + FRAME_MS;
    else stretches.push({ startMs, endMs: startMs + FRAME_MS });
  }
  return stretches.filter(({ startMs, endMs }) => endMs - startMs >= SHORTEST_SOUND_MS);
}
