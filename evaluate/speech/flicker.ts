import { draftWords } from '../../apps/asr/src/listening/draft-words';

/** What became of the words that were shown of utterances while they were said. */
export interface Flicker {
  /** Words that appeared in a partial, each counted when it came. */
  shown: number;
  /** Of those, how many were gone in the next partial. */
  changed: number;
}

/** The partials of one utterance, in order. Words that differ in case or in the marks around them are the same. */
export function flickerOf(partials: readonly string[]): Flicker {
  const flicker = { shown: 0, changed: 0 };
  let before: string[] = [];
  for (const partial of partials) {
    const now = wordsOf(partial);
    const kept = wordsKept(before, now);
    flicker.shown += now.length - kept;
    flicker.changed += before.length - kept;
    before = now;
  }
  return flicker;
}

/** Of all of them together, how many of 100 words that were shown changed. */
export function flickerPercent(all: readonly Flicker[]): number {
  const shown = all.reduce((sum, flicker) => sum + flicker.shown, 0);
  const changed = all.reduce((sum, flicker) => sum + flicker.changed, 0);
  return (100 * changed) / Math.max(1, shown);
}

/** How many words of a text do not stand in another, in their order. */
export function wordsGone(before: string, now: string): number {
  const words = wordsOf(before);
  return words.length - wordsKept(words, wordsOf(now));
}

export function countWords(text: string): number {
  return draftWords(text).length;
}

function wordsOf(text: string): string[] {
  return draftWords(text).map(({ key }) => key);
}

/** The length of their longest common subsequence. */
function wordsKept(before: readonly string[], now: readonly string[]): number {
  let row = now.map(() => 0);
  for (const word of before) {
    const next: number[] = [];
    for (const [at, other] of now.entries()) {
      const both = (row[at - 1] ?? 0) + 1;
      next.push(word === other ? both : Math.max(row[at] ?? 0, next[at - 1] ?? 0));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
