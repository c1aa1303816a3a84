import { kindOf, type WordKind } from './name-lexicon';
import { TITLES } from './titles';

/** A word of a text, without the `'s` of a possessive. */
export interface NameToken {
  text: string;
  lower: string;
  start: number;
  end: number;
  /** Written with a capital, and not all in capitals; where all is, known as a name or behind a title. */
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
/** After these a word has a capital, or may have one. */
const OPENING = /(?:^|[.?!…]["”’')\]]*\s+|[:;–—"“(]\s*)$/u;
/** A point that ends no sentence. */
const ABBREVIATED = /(?:^|\s)(?:mrs?|ms|dr|prof|st|sr|jr)\.\s+$/iu;

export function nameTokens(text: string): NameToken[] {
  const hasCase = /\p{Ll}/u.test(text);
  let from = 0;
  let before = '';
  return Array.from(text.matchAll(WORD), (match) => {
    const [whole] = match;
    const word = whole.replace(POSSESSIVE, '');
    const start = match.index;
    const lead = text.slice(0, start);
    const gap = text.slice(from, start);
    from = start + whole.length;
    const lower = word.toLowerCase();
    const kind = kindOf(word);
    const isKnown = kind === 'given' || kind === 'surname' || TITLES.has(before);
    before = lower;
    return {
      text: word,
      lower,
      start,
      end: start + word.length,
      // Without small letters capitals tell nothing.
      isCapital: hasCase ? CAPITAL.test(word) : isKnown && /^\p{Lu}/u.test(word),
      opens: OPENING.test(lead) && !ABBREVIATED.test(lead),
      gap,
      kind,
    };
  });
}
