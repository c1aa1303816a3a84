import type { Span } from './span';

/** A word, number or sign of a text, in lower case. */
export interface Token extends Span {
  lower: string;
}

const TOKEN = /\d[\d,]*(?:\.\d+)?|[\p{L}]+(?:['’][\p{L}]+)?|[^\s]/gu;

/** Cuts a text into words, numbers (`1,200.50`) and single signs. */
export function tokenise(text: string): Token[] {
  return Array.from(text.matchAll(TOKEN), (match) => ({
    lower: match[0].toLowerCase().replace('’', "'"),
    start: match.index,
    end: match.index + match[0].length,
  }));
}
