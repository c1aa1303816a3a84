import type { Word } from '@parley/contracts';

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
