import { kindOf, type WordKind } from './name-lexicon';

/** A word of a text, without the `'s` of a possessive. */
export interface NameToken {
  text: string;
  lower: string;
  start: number;
  end: number;
  /** Written with a capital, and not all in capitals. */
  isCapital: boolean;
  /** It would have a capital whatever it is. */
  opens: boolean;
  /** What stands between the word before, or its `'s`, and this one. */
  gap: string;
  kind: WordKind | undefined;
}

const WORD = /(?<!['’])\p{L}[\p{L}\p{M}]*(?:['’-]\p{L}[\p{L}\p{M}]*)*/gu;
const POSSESSIVE = /['’]s?$/iu;
const CAPITAL = /^\p{Lu}(?:['’]\p{Lu})?\p{M}*\p{Ll}/u;
const OPENING = /(?:^|[.?!…]["”’')\]]*\s+|[:;–—"“(]\s*)$/u;
/** A point that ends no sentence. */
const ABBREVIATED = /(?:^|\s)(?:mrs?|ms|dr|prof|st|sr|jr)\.\s+$/iu;

export function nameTokens(text: string): NameToken[] {
  let from = 0;
  return Array.from(text.matchAll(WORD), (match) => {
    const [whole] = match;
    const word = whole.replace(POSSESSIVE, '');
    const start = match.index;
    const before = text.slice(0, start);
    const gap = text.slice(from, start);
    from = start + whole.length;
    return {
      text: word,
      lower: word.toLowerCase(),
      start,
      end: start + word.length,
      isCapital: CAPITAL.test(word),
      opens: OPENING.test(before) && !ABBREVIATED.test(before),
      gap,
      kind: kindOf(word),
    };
  });
}
