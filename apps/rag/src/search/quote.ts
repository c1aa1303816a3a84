import { splitSentences } from '../chunking/sentences';
import { inverseFrequency, type Corpus } from './bm25';

/** The sentence of a chunk that holds most of what was asked, by weight; the first one when none holds any. */
export function bestSentence(text: string, corpus: Corpus | undefined): string {
  const sentences = text.split('\n').flatMap(splitSentences);
  let best = sentences[0] ?? text;
  let bestWeight = 0;
  if (!corpus) return best;
  for (const sentence of sentences) {
    const words = sentence.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
    let weight = 0;
    for (const term of corpus.frequencies.keys()) {
      if (words.some((word) => isFormOf(word, term))) weight += inverseFrequency(corpus, term);
    }
    if (weight > bestWeight) {
      best = sentence;
      bestWeight = weight;
    }
  }
  return best;
}

/** Whether `word` could have the stem `lexeme`: "policy" and "policies" have "polici". */
export function isFormOf(word: string, lexeme: string): boolean {
  if (word === lexeme) return true;
  if (lexeme.length < 3 || word.length > lexeme.length + 5) return false;
  // Stemming turns a final y into i and drops a final e.
  const stem = /[iy]$/.test(lexeme) ? lexeme.slice(0, -1) : lexeme;
  return stem.length >= 3 && word.startsWith(stem);
}
