/** A part of the time in which somebody speaks without a pause. */
export interface Stretch {
  startMs: number;
  endMs: number;
}

/**
 * A pause costs so much where the text has no mark, in units of `misfit`: as much as a stretch of half a second that is 0.35 s
 * too long for its words.
 */
const UNMARKED_PAUSE = 200;
/** Even the shortest sound varies by about this. */
const LEAST_VARIANCE_MS = 100;
const MARKED = /[.,;:!?…–—]["”’)]*$/;

/** How long a word takes beside others: its letters, and the step to the next one. */
export function weightOf(word: string): number {
  return word.length + 2;
}

/**
 * Which words fall into which stretch: in order, so that each stretch is about as long as its words take at the pace of
 * all, and pauses are rather where the text has a mark. A stretch may have none: it is a breath, or a knock.
 */
export function phrasesIn(words: readonly string[], stretches: readonly Stretch[]): string[][] {
  const lengths = stretches.map(({ startMs, endMs }) => endMs - startMs);
  const misfit = misfitOf(words, lengths);
  const isUnmarked = (to: number): boolean =>
    to > 0 && to < words.length && !MARKED.test(words[to - 1] ?? '');
  // What it costs at least to have the first `to` words in the stretches so far …
  let costs = [0, ...words.map(() => Infinity)];
  // … and with which word each of those begins then.
  const begins: number[][] = [];
  for (const lengthMs of lengths) {
    const before = costs;
    const begin: number[] = [];
    costs = before.map((_, to) => {
      let least = Infinity;
      for (let from = 0; from <= to; from++) {
        const cost = (before[from] ?? Infinity) + misfit(lengthMs, from, to);
        if (cost < least) [least, begin[to]] = [cost, from];
      }
      return least + (isUnmarked(to) ? UNMARKED_PAUSE : 0);
    });
    begins.push(begin);
  }
  const phrases: string[][] = [];
  let to = words.length;
  for (const begin of begins.toReversed()) {
    const from = begin[to] ?? 0;
    phrases.unshift(words.slice(from, to));
    to = from;
  }
  return phrases;
}

/** How little a stretch suits the words from one to another: the square of what it is too long or too short for them. */
function misfitOf(
  words: readonly string[],
  lengths: readonly number[],
): (lengthMs: number, from: number, to: number) => number {
  const passed = [0];
  for (const word of words) passed.push((passed.at(-1) ?? 0) + weightOf(word));
  const pace = lengths.reduce((sum, ms) => sum + ms, 0) / Math.max(1, passed.at(-1) ?? 0);
  return (lengthMs, from, to) => {
    const wantedMs = ((passed[to] ?? 0) - (passed[from] ?? 0)) * pace;
    return (lengthMs - wantedMs) ** 2 / (wantedMs + LEAST_VARIANCE_MS);
  };
}
