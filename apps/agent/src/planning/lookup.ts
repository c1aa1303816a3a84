import type { SpokenLine } from './draft';
import { informationQuestion } from './questions';
import { contentWords } from './sentences';

/** What to look up in the documents because of a line. */
export interface Lookup {
  cause: 'question' | 'topic';
  query: string;
}

const TELLING = ['statement', 'decision'];
/** One word says too little of what is meant. */
const LEAST_TOPIC_WORDS = 2;

/** A question that was asked, else the first topic that says enough, else null: nothing to look up. */
export function lookupOf({ segment, insight }: SpokenLine): Lookup | null {
  const question = informationQuestion(segment.text);
  if (question !== null) return { cause: 'question', query: question };
  if (!TELLING.includes(insight.intent)) return null;
  const topic = insight.topics.find((name) => contentWords(name).length >= LEAST_TOPIC_WORDS);
  return topic === undefined ? null : { cause: 'topic', query: topic };
}
