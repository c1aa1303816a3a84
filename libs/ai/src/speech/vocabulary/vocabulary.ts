import { isEnglishWord } from './english-words';
import { likeness, soundOf, type Sound } from './sounds-like';

interface Term {
  text: string;
  letters: string;
  words: number;
  sound: Sound;
}

/** A word and where it stands. */
interface Token {
  word: string;
  start: number;
  end: number;
}

interface Found {
  term: Term;
  alike: number;
  /** Tokens that it takes the place of, and where they end in the text. */
  count: number;
  end: number;
}

/** More would keep the process from other work. */
const MOST_TERMS = 200;
/** What a name is broken into at most. */
const LONGEST_WINDOW = 4;
/** So much are pieces that are words like a name that they are taken for it. */
const ALIKE_IN_PIECES = 0.87;
/** Behind an article a name only stands before what it describes: `the north wind is` is a wind, `the north wind contract` is not. */
const ARTICLES = /^(the|an?|this|that|every)$/i;
/** With these something else begins. */
const NO_NOUN =
  /^(is|are|was|were|be|been|has|have|had|does|did|do|will|would|can|could|may|might|must|should|of|in|on|at|to|for|from|with|by|as|than|and|or|but|that|which|who|when|while|if|so|because|not|it|we|they|he|she|you|i)$/i;
/** Shorter ones are put together from common words by chance. */
const FEWEST_LETTERS_IN_PIECES = 6;

/**
 * Names and words that a meeting expects. What was heard is spelled like one of them only where it is no English word and
 * sounds like it, or where it is the term in pieces (`north wind`): what somebody may really have said stays.
 */
export class Vocabulary {
  private readonly terms: Term[];

  /** @param terms the first 200 count */
  constructor(
    terms: readonly string[],
    private readonly isWord: (word: string) => boolean = isEnglishWord,
  ) {
    this.terms = terms
      .slice(0, MOST_TERMS)
      .map((text) => ({ text: withoutEdges(text), letters: lettersOf(text) }))
      .filter(({ letters }) => letters.length > 1)
      .map((term) => ({
        ...term,
        words: term.text.split(/\s+/).length,
        sound: soundOf(term.letters),
      }));
  }

  /** The text with the meeting's own words as they are spelled. */
  respell(text: string): string {
    if (this.terms.length === 0) return text;
    const tokens = tokensOf(text);
    let [respelled, doneTo] = ['', 0];
    for (let at = 0; at < tokens.length;) {
      const found = this.termAt(text, tokens, at);
      if (found) {
        respelled += text.slice(doneTo, tokens[at]?.start) + found.term.text;
        doneTo = found.end;
      }
      at += found?.count ?? 1;
    }
    return respelled + text.slice(doneTo);
  }

  /** What is most like a term of all that begins at `at`. */
  private termAt(text: string, tokens: readonly Token[], at: number): Found | null {
    let best: Found | null = null;
    for (let count = 1; count <= Math.min(LONGEST_WINDOW, tokens.length - at); count++) {
      const window = tokens.slice(at, at + count);
      if (!hangsTogether(text, window)) break;
      const meant = this.meant(window);
      const pieces = count > (meant?.term.words ?? count);
      if (pieces && isCommonNoun(text, tokens, at, count)) continue;
      if (meant && meant.alike > (best?.alike ?? 0)) {
        best = { ...meant, count, end: window.at(-1)?.end ?? 0 };
      }
    }
    return best;
  }

  private meant(window: readonly Token[]): { term: Term; alike: number } | null {
    const letters = window.map(({ word }) => lettersOf(word)).join('');
    const same = this.terms.find((term) => term.letters === letters);
    if (same) return this.isMeant(same, window) ? { term: same, alike: 1 } : null;
    const least = this.leastAlike(window, letters);
    if (least === Infinity) return null;
    const heard = { letters, sound: soundOf(letters) };
    const [closest] = this.terms
      // A term of several words has others inside that may end otherwise.
      .filter(({ words }) => words === 1)
      .map((term) => ({ term, alike: likeness(heard, term) }))
      .filter(({ alike }) => alike > least)
      .sort((a, b) => b.alike - a.alike);
    return closest ?? null;
  }

  /** A word like any other was meant as such; a name in pieces that are words (`date a dog`) is one, almost to the letter. */
  private leastAlike(window: readonly Token[], letters: string): number {
    if (!window.some(({ word }) => this.knows(word))) return 0;
    return window.length > 1 && letters.length >= FEWEST_LETTERS_IN_PIECES
      ? ALIKE_IN_PIECES
      : Infinity;
  }

  /** The letters are a term's: is it said, or words that look like it? */
  private isMeant({ words, text }: Term, window: readonly Token[]): boolean {
    const hasCapital = text !== text.toLowerCase();
    // Words that are spelled like any others keep the capital that a sentence gives them.
    if (words > 1 && window.length === words) return hasCapital;
    if (window.length === 1) return !this.knows(window[0]?.word ?? '');
    return words > 1 || lettersOf(text).length >= FEWEST_LETTERS_IN_PIECES;
  }

  private knows(word: string): boolean {
    return (
      lettersOf(word).length < 3 ||
      /\d/.test(word) ||
      this.isWord(word) ||
      this.isWord(word.toLowerCase())
    );
  }
}

function withoutEdges(text: string): string {
  return text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}+#]+$/gu, '');
}

function lettersOf(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** Words, with hyphens and apostrophes inside, without an `'s` behind. */
function tokensOf(text: string): Token[] {
  return [...text.matchAll(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu)].map(({ 0: found, index }) => {
    const word = found.replace(/['’]s$/u, '');
    return { word, start: index, end: index + word.length };
  });
}

/** An article stands before the words, and nothing behind them that they could describe. */
function isCommonNoun(text: string, tokens: readonly Token[], at: number, count: number): boolean {
  const before = tokens.slice(at - 1, at + 1);
  if (at === 0 || !ARTICLES.test(before[0]?.word ?? '') || !hangsTogether(text, before))
    return false;
  const behind = tokens.slice(at + count - 1, at + count + 1);
  const next = behind[1];
  return !next || NO_NOUN.test(next.word) || !hangsTogether(text, behind);
}

/** Nothing but blanks stands between the words. */
function hangsTogether(text: string, window: readonly Token[]): boolean {
  return window.every((token, at) => {
    const next = window[at + 1];
    return !next || /^ +$/.test(text.slice(token.end, next.start));
  });
}
