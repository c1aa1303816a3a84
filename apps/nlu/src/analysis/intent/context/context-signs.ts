import type { Clause } from '../clauses';
import type { Ask } from './ask';
import type { Carried } from './carried';

/** The utterance before, as far as it matters to this one. */
export interface SpokenBefore extends Carried {
  /** Null where nobody can say. */
  sameSpeaker: boolean | null;
}

/** A date that answers these settles one; to who wanted to be told something it is a part of the news. */
const TO_BE_SETTLED: readonly Ask[] = ['when', 'meet', 'choice', 'shall-we'];

const YES =
  /^(?:yes|yeah|yep|yup|sure|okay|ok|of course|absolutely|definitely|certainly|no problem|fine|agreed|happy to|gladly|all right|alright|sounds good|works for me|exactly|right|correct|great|good|perfect|i agree|i think so|that works|let's (?:do|go)|will do|consider it done|you got it)\b/;
const NO = /^(?:no|nope|not|never|rather not|i don't|i can't|i'd rather not|sorry)\b/;
const MYSELF =
  /\b(?:i'll|i can|i could|i'd (?:be happy|love) to|i'm on it|on it|will do|leave it (?:to|with) me|consider it done|i do|i'm happy to|_person (?:can|will|could|does)|we'll|we can|mine|me)\b/;

/**
 * Signs that only hold together with what was said before: what was asked, how this answers, how short it is.
 * None where nothing was asked or broken off, nor for a long utterance, which says itself what it is.
 */
export function contextSigns(clauses: readonly Clause[], before: SpokenBefore): string[] {
  const said = clauses.map(({ whole }) => whole).join(' ');
  const length = lengthOf(said);
  if (length === 'long') return [];
  const { asks, intent, open } = before;
  if (open && before.sameSpeaker !== false) {
    return [`continues ${intent}`, `continues ${intent} ${length}`];
  }
  if (asks === 'none' || before.sameSpeaker === true) return [];
  const reply = replyOf(said);
  const settles = /_date\b/.test(said) && TO_BE_SETTLED.includes(asks);
  // Several words that open like no answer are as likely about something else.
  if (reply.startsWith('other') && length !== 'tiny' && !settles) return [];
  const signs = [
    `asked as ${intent} ${length}`,
    `asked ${asks} reply ${reply}`,
    `asked ${asks} reply ${reply} ${length}`,
  ];
  if (settles) signs.push(`asked ${asks} date ${length}`);
  if (intent === 'scheduling') signs.push(`asked to meet reply ${reply}`);
  return signs;
}

function lengthOf(said: string): 'tiny' | 'short' | 'long' {
  const words = said.split(' ').length;
  if (words <= 3) return 'tiny';
  return words <= 8 ? 'short' : 'long';
}

function replyOf(said: string): string {
  const asked = said.endsWith('?') ? 'asking' : '';
  if (MYSELF.test(said) && !NO.test(said)) return `myself ${asked}`;
  if (YES.test(said)) return `yes ${asked}`;
  if (NO.test(said)) return `no ${asked}`;
  if (/^(?:on |by |at |make it |let's say |say )?_date\b/.test(said)) return `date ${asked}`;
  if (/^(?:the |a |an |both|neither|number )/.test(said)) return `thing ${asked}`;
  return `other ${asked}`;
}
