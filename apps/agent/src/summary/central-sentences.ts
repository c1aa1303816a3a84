import type { SpokenLine } from '../planning/draft';
import { contentWords, sentencesOf } from '../planning/sentences';

export interface CentralSentence {
  text: string;
  line: SpokenLine;
  score: number;
}

const LEAST_CONTENT_WORDS = 4;
const PLEASANTRIES =
  /^(good (morning|afternoon|evening)|hello|hi|hey|welcome|thank(s| you)|bye|goodbye|see you)\b|\bhave a (great|good|nice|lovely)\b/i;

/**
 * The statements whose words the rest of the meeting shares most: tf-idf centroid similarity
 * (Radev et al., "Centroid-based summarization of multiple documents", 2004). Best first.
 */
export function centralSentences(lines: SpokenLine[], count: number): CentralSentence[] {
  const all = lines.flatMap((line) =>
    sentencesOf(line.segment.text).map(({ text }) => ({ text, line, words: contentWords(text) })),
  );
  const containing = new Map<string, number>();
  for (const { words } of all) {
    for (const word of new Set(words)) containing.set(word, (containing.get(word) ?? 0) + 1);
  }
  const weight = (word: string): number => {
    const n = containing.get(word) ?? 0;
    // A word that is said once connects nothing; one that is everywhere says nothing.
    return n < 2 ? 0.2 : Math.log(1 + all.length / n) * Math.min(n, 5);
  };
  return all
    .filter(({ text, words, line }) => {
      const chatter =
        line.insight.intent === 'social' || text.endsWith('?') || PLEASANTRIES.test(text);
      return !chatter && words.length >= LEAST_CONTENT_WORDS;
    })
    .map(({ text, line, words }) => {
      const distinct = [...new Set(words)];
      const sum = distinct.reduce((total, word) => total + weight(word), 0);
      return { text, line, score: sum / Math.sqrt(distinct.length) };
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, count);
}
