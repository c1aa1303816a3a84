const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

export interface Sentence {
  text: string;
  /** Offset in the text it was cut from. */
  start: number;
}

/** Cuts a text into sentences, with their offsets. */
export function sentencesOf(text: string): Sentence[] {
  return [...segmenter.segment(text)].flatMap(({ segment, index }) => {
    const trimmed = segment.trim();
    return trimmed === '' ? [] : [{ text: trimmed, start: index + segment.indexOf(trimmed) }];
  });
}

const STOP_WORDS = new Set(
  (
    'a an and are as at be been but by can could did do does for from had has have he her his how i ' +
    'if in is it its just like me my no not of on or our she should so that the their them then there ' +
    'they this to too us was we were what when where which who whom why will with would you your ' +
    "let's lets i'll we'll i'm okay ok yes well also again about any anybody anyone some someone"
  ).split(' '),
);

/** Lower-case words that carry meaning, in order, with plural and verb endings folded. */
export function contentWords(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];
  return words.filter((word) => word.length > 1 && !STOP_WORDS.has(word)).map(fold);
}

function fold(word: string): string {
  return word.replace(/'s$/, '').replace(/(?<=\w{3})(ing|ed|es|e|s)$/, '');
}

/** How much two texts share of their content words, from 0 to 1 (Jaccard). */
export function overlap(a: string, b: string): number {
  const left = new Set(contentWords(a));
  const right = new Set(contentWords(b));
  if (left.size === 0 || right.size === 0) return 0;
  const shared = [...left].filter((word) => right.has(word)).length;
  return shared / (left.size + right.size - shared);
}

/** The content words of `text` that `source` does not hold, and how large a part of it they are. */
export function strayWords(text: string, source: string): { words: string[]; share: number } {
  const known = new Set(contentWords(source));
  const all = contentWords(text);
  const words = all.filter((word) => !known.has(word));
  return { words, share: words.length / Math.max(1, all.length) };
}

/** First letter large, no closing full stop: the way a title is written. */
export function asTitle(text: string): string {
  const bare = text.trim().replace(/[.,;:!]+$/, '');
  return bare.charAt(0).toUpperCase() + bare.slice(1);
}
