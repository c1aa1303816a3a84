import { countWords, splitSentences } from '../chunking/sentences';
import { inverseFrequency, type Corpus } from './bm25';

/** A neighbour that holds nearly as much of what was asked belongs to the answer. */
const NEIGHBOUR_SHARE = 0.7;
const LONGEST_QUOTE = 320;
/** Of texts that hold as much, a longer one says more: beside a side that is leant to, which goes from -1 to 1. */
const LENGTH_SHARE = 0.3;
/** What was asked is seldom what is known: an answer with half of the words is the better quote. */
const QUESTION_SHARE = 0.5;

/** A text that can be quoted from, and the id by which the quote is then cited. */
export interface Quotable {
  id: string;
  text: string;
}

export interface Quote {
  id: string;
  quote: string;
}

/**
 * The sentence that holds most of what was asked, by weight, and the one next to it where that holds nearly as
 * much; the first sentence when none holds any. Always letter for letter from the text whose id it has.
 * @param lean from -1 to 1: whether more is said of it before these texts or behind them. What answers is spoken in one
 *   stretch, so that of texts that hold as much, the one on that side is rather a part of it.
 */
export function bestQuote(
  texts: [Quotable, ...Quotable[]],
  corpus: Corpus | undefined,
  lean = 0,
): Quote {
  const last = texts.length - 1;
  const quotes = texts.map(({ id, text }, at) => {
    const side = last === 0 ? 0 : (2 * at) / last - 1;
    const likely = lean * side + LENGTH_SHARE * Math.log1p(countWords(text));
    return { id, likely, ...heaviest(text, corpus) };
  });
  const [first, ...others] = quotes as [(typeof quotes)[0], ...typeof quotes];
  const { id, quote } = others.reduce(
    (best, other) =>
      (other.weight - best.weight || other.likely - best.likely) > 0 ? other : best,
    first,
  );
  return { id, quote };
}

function heaviest(text: string, corpus: Corpus | undefined): { quote: string; weight: number } {
  const sentences = text.split('\n').flatMap(splitSentences);
  const first = sentences[0] ?? text;
  if (!corpus) return { quote: first, weight: 0 };
  const weights = sentences.map((sentence) => weightOf(sentence, corpus));
  const best = weights.indexOf(Math.max(...weights));
  const weight = weights[best] ?? 0;
  const sentence = sentences[best];
  if (weight === 0 || sentence === undefined) return { quote: first, weight: 0 };
  const pairs = [
    [best, best + 1],
    [best - 1, best],
  ] as const;
  for (const [left, right] of pairs) {
    const other = weights[left === best ? right : left] ?? 0;
    const quote = `${sentences[left] ?? ''} ${sentences[right] ?? ''}`;
    const fits = quote.length <= LONGEST_QUOTE && text.includes(quote);
    if (fits && other >= weight * NEIGHBOUR_SHARE) return { quote, weight };
  }
  return { quote: sentence, weight };
}

function weightOf(sentence: string, corpus: Corpus): number {
  const words = sentence.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  let weight = 0;
  for (const term of corpus.frequencies.keys()) {
    if (words.some((word) => isFormOf(word, term))) weight += inverseFrequency(corpus, term);
  }
  return sentence.endsWith('?') ? weight * QUESTION_SHARE : weight;
}

/** Whether `word` could have the stem `lexeme`: "policy" and "policies" have "polici". */
export function isFormOf(word: string, lexeme: string): boolean {
  if (word === lexeme) return true;
  if (lexeme.length < 3 || word.length > lexeme.length + 5) return false;
  // Stemming turns a final y into i and drops a final e.
  const stem = /[iy]$/.test(lexeme) ? lexeme.slice(0, -1) : lexeme;
  return stem.length >= 3 && word.startsWith(stem);
}
