import type { Word } from '@parley/contracts';
import type { Heard } from '../decoding/speech-decoder';
import type { UtteranceBounds } from './endpointer';

/** The words of `text` with times spread over the speech by their length: the engine gives none. */
export function estimatedWords(text: string, startMs: number, endMs: number): Word[] {
  const words = text.split(/\s+/).filter(Boolean);
  // A word costs its letters and the step to the next one.
  const weights = words.map((word) => word.length + 1);
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

/** As the engine measured them, else estimated. */
export function wordsOf(
  { text, words }: Pick<Heard, 'text' | 'words'>,
  bounds: UtteranceBounds,
): Word[] {
  if (!words) return estimatedWords(text, bounds.speechStartMs, bounds.speechEndMs);
  return words.map((word) => ({
    ...word,
    startMs: bounds.startMs + word.startMs,
    endMs: bounds.startMs + word.endMs,
  }));
}
