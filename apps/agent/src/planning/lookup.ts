import type { SpokenLine } from './draft';
import { questionOf } from './questions';
import { contentWords } from './sentences';

/** What to look up in the documents because of a line. */
export interface Lookup {
  cause: 'question' | 'topic';
  query: string;
}

const TELLING = ['statement', 'decision'];
/** One word says too little of what is meant. */
const LEAST_WORDS = 2;
/** "Are we ready?" is put to people; "what is Atlas?" may well stand in a document. */
const YES_OR_NO = /^(is|are|was|were|do|does|did|has|have|can|could|will|would|should|shall)\b/i;

/** A question that was asked, else the first topic that says enough, else null: nothing to look up. */
export function lookupOf(line: SpokenLine): Lookup | null {
  const { insight } = line;
  const question = questionOf(line);
  if (question !== null) {
    const forPeople = YES_OR_NO.test(question) && contentWords(question).length < LEAST_WORDS;
    return forPeople ? null : { cause: 'question', query: question };
  }
  if (!TELLING.includes(insight.intent)) return null;
  const topic = insight.topics.find((name) => contentWords(name).length >= LEAST_WORDS);
  return topic === undefined ? null : { cause: 'topic', query: topic };
}
