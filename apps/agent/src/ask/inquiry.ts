import { contentWords } from '../planning/sentences';
import type { EarlierAnswer } from './ask.requests';

/** What is looked for. */
export interface Inquiry {
  question: string;
  history: EarlierAnswer[];
  /** The question, with the one it follows up on where it cannot be understood alone. */
  query: string;
  /** What a sentence must hold to answer it; null when the words alone can tell. */
  wanted: RegExp | null;
}

const REFERS_BACK = /\b(it|its|that|this|these|those|they|them|their|he|she|him|her|there)\b/i;
const LEAST_WORDS_ALONE = 2;

const NUMBER =
  /\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|nobody|none|dozen)\b/i;
const TIME =
  /\b(monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december|today|tomorrow|tonight|yesterday|seconds?|minutes?|hours?|days?|weeks?|months?|quarters?|years?|noon|midnight|morning|afternoon|evening)\b|\d/i;
const ASKS_TIME =
  /^(and |so )?((by |since |until )?when|how (long|soon|often)|(what|which) (day|date|time))\b|\b(response time|deadline|window|period)\b/i;
const ASKS_NUMBER = /^(and |so )?how (many|much)\b/i;

/** Reads a question. */
export function inquiryOf(question: string, history: EarlierAnswer[]): Inquiry {
  const before = history.at(-1)?.question;
  const alone = contentWords(question).length >= LEAST_WORDS_ALONE && !REFERS_BACK.test(question);
  const query = alone || before === undefined ? question : `${before} ${question}`;
  return { question, history, query, wanted: wantedIn(question) };
}

function wantedIn(question: string): RegExp | null {
  if (ASKS_TIME.test(question)) return TIME;
  return ASKS_NUMBER.test(question) ? NUMBER : null;
}
