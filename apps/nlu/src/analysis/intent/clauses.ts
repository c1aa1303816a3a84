import type { Entity } from '@parley/contracts';
import type { ParsedText } from '../text/parsed-text';
import { AUXILIARY, QUESTION_WORD } from './word-classes';

/** A stretch of speech with one verb's worth of meaning, made plain for the cue tables. */
export interface Clause {
  /** Lower case, people as `_person`, dates as `_date`, no fillers, no greeting in front. */
  text: string;
  /** As {@link text}, with the greeting. */
  whole: string;
  /** Whether its first word is a verb in its base form, as syntax sees it. */
  opensWithVerb: boolean;
  /** Whether a verb in the past tense is in it. */
  past: boolean;
  /** Which sentence it is from, counted from 0. */
  sentence: number;
}

const FILLER =
  /\b(?:um+|uh+m?|er+m?|hmm+|you know,?|i mean,|kind of|sort of|just|actually|really|basically|simply|literally|also|still|quickly|maybe|perhaps|then|please kindly)\b,? ?/gi;
const REPEATED = /\b([\w']+(?: [\w']+)?)(?:,? \1\b)+/gi;
const OPENER =
  /^(?:(?:so|well|okay|ok|yeah|yes|yep|now|and|but|oh|ah|because|anyway|alright|all right|by the way|in that case|also|sure|thanks|thank you|cool|perfect|sounds good|makes sense|got it)\b,?|(?:right|great|fine|good|look|listen|hey|hi|hello|no|sorry|exactly|agreed|_person|_date|first|second|everyone|guys|team|absolutely|of course|remind me|quick question|one question|question),|(?:hi|hey|hello|thanks) _person,?) ?(?=\S)/;
const VOCATIVE = new RegExp(
  `^_person (?=(?:(?:can|could|would|will|do|did|are|have) you|please|${QUESTION_WORD})\\b)`,
);
const LINK = new RegExp(
  `(?:, | )(?:and|but|so|or|because) (?=(?:i|we|he|she|they|you|it|_person|let's|let us|please|what|who|where|why|how|${AUXILIARY})\\b)|, (?=(?:i'll|i will|let's|please|let me|we'll|what|what's|how|why|(?:can|could|would|will|shall|should|do|does|did|is|are|have) (?:you|we|i|it|they|the|this|that|anyone|someone|_person))\\b)`,
);
const MAX_CLAUSES = 64;
/** What a clause is about shows at its start; an endless one must not hold everybody up. */
const MAX_CLAUSE_LENGTH = 400;

/** Cuts an utterance, as an ASR writes it, with or without punctuation, into plain clauses. */
export function toClauses(text: string, parsed: ParsedText, entities: readonly Entity[]): Clause[] {
  const terms = parsed.sentences.flat();
  const tagged = (tag: string): Set<string> =>
    new Set(terms.filter(({ tags }) => tags.has(tag)).map(({ text: word }) => word.toLowerCase()));
  const [infinitives, pastVerbs] = [tagged('Infinitive'), tagged('PastTense')];
  return masked(text, entities)
    .split(/(?<=[?!]|(?<![ .][a-z])\.)\s+/i)
    .flatMap((text, sentence) =>
      plain(text)
        .split(LINK)
        .map((clause) => ({ whole: clause.slice(0, MAX_CLAUSE_LENGTH).trim(), sentence })),
    )
    .filter(({ whole }) => /\w/.test(whole))
    .slice(0, MAX_CLAUSES)
    .map(({ whole, sentence }) => {
      const clause = withoutOpeners(whole);
      const words = clause.match(/[\w']+/g) ?? [];
      return {
        text: clause,
        whole,
        opensWithVerb: infinitives.has(words[0] ?? ''),
        past: words.some((word) => pastVerbs.has(word)),
        sentence,
      };
    });
}

function masked(text: string, entities: readonly Entity[]): string {
  let result = text;
  for (const { type, start, end } of [...entities].sort((one, other) => other.start - one.start)) {
    const mask = type === 'person' ? '_person' : type === 'date' ? '_date' : null;
    if (mask) result = result.slice(0, start) + mask + result.slice(end);
  }
  return result;
}

function plain(sentence: string): string {
  return sentence
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/,? you know\?/g, '')
    .replace(/[^\w\s'?,%-]/g, ' ')
    .replace(/\b(?:gonna)\b/g, 'going to')
    .replace(/\bi am\b/g, "i'm")
    .replace(/\b(i|we|you|he|she|they|it|_person) will\b(?! you| not)/g, (all, who: string) =>
      who === '_person' ? all : `${who}'ll`,
    )
    .replace(/\blet us\b/g, "let's")
    .replace(FILLER, '')
    .replace(/\s+/g, ' ')
    .replace(REPEATED, '$1')
    .trim();
}

function withoutOpeners(clause: string): string {
  let rest = clause;
  for (let before = ''; before !== rest;) {
    before = rest;
    rest = rest.replace(OPENER, '').replace(VOCATIVE, '').trim();
  }
  return rest;
}
