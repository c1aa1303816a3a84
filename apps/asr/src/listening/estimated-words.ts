import { SAMPLES_PER_MS } from '@parley/audio';
import type { Word } from '@parley/contracts';
import type { Heard } from '../decoding/speech-decoder';
import type { UtteranceBounds } from './endpointer';
import { phrasesIn, weightOf, type Stretch } from './phrases';
import { soundingStretches } from './sounding-stretches';

/** The detector is up to so much late, or early. */
const DETECTED_WITHIN_MS = 64;

/** The words of `text` with times spread over the speech by their length, where nothing more is known. */
export function estimatedWords(text: string, startMs: number, endMs: number): Word[] {
  return spread(wordsIn(text), { startMs, endMs });
}

/**
 * As the engine measured them, else estimated: phrases lie between the pauses, and the words of each are spread over it.
 * @param samples of the whole utterance
 */
export function wordsOf(
  { text, words }: Pick<Heard, 'text' | 'words'>,
  bounds: UtteranceBounds,
  samples: Float32Array,
): Word[] {
  if (words) {
    return words.map((word) => ({
      ...word,
      startMs: bounds.startMs + word.startMs,
      endMs: bounds.startMs + word.endMs,
    }));
  }
  const stretches = stretchesOf(bounds, samples);
  return phrasesIn(wordsIn(text), stretches).flatMap((phrase, at) => {
    const stretch = stretches[at];
    return stretch ? spread(phrase, stretch) : [];
  });
}

/** Never none. */
function stretchesOf(
  { startMs, speechStartMs, speechEndMs }: UtteranceBounds,
  samples: Float32Array,
): Stretch[] {
  const fromMs = Math.max(0, speechStartMs - DETECTED_WITHIN_MS - startMs);
  const toMs = speechEndMs + DETECTED_WITHIN_MS - startMs;
  const speech = samples.subarray(fromMs * SAMPLES_PER_MS, toMs * SAMPLES_PER_MS);
  const stretches = soundingStretches(speech);
  if (stretches.length === 0) return [{ startMs: speechStartMs, endMs: speechEndMs }];
  return stretches.map((stretch) => ({
    startMs: startMs + fromMs + stretch.startMs,
    endMs: startMs + fromMs + stretch.endMs,
  }));
}

function wordsIn(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

function spread(words: readonly string[], { startMs, endMs }: Stretch): Word[] {
  const weights = words.map(weightOf);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const place = (weight: number): number =>
    Math.round(startMs + ((endMs - startMs) * weight) / total);
  let passed = 0;
  return words.map((word, index) => {
    const from = place(passed);
    passed += weights[index] ?? 0;
    return { text: word, startMs: from, endMs: place(passed), estimated: true };
  });
}
