import type { Word } from '@parley/contracts';
import type { AgreedText } from '../listening/agreed-words';
import { estimatedWords } from '../listening/estimated-words';
import { findCards } from './find-cards';
import { findEmails } from './find-emails';
import { findDottedPhones, findPhones, wordsBefore } from './find-phones';
import { numberRuns, numbersOf, type NumberRun, type NumberToken, toRun } from './number-runs';
import { findNames, mayBecomeName } from './names/find-names';
import { findKnownNames } from './names/known-names';
import { placeholderOf, type PersonalSpan } from './personal-span';

/** A number of so many digits that still grows may become one of these: it is not shown while it does. */
const GROWING_DIGITS = 4;
/** A colon makes a time. */
const MARKS_ONLY = /^(?:(?!:)[\s\p{P}+])*$/u;

/** What is taken out of a meeting. */
export interface Redaction {
  /** Addresses, telephone and card numbers. */
  contacts: boolean;
  /** Names of people; those of whom it is known that they are there, in lower case. Null: no names. */
  names: readonly string[] | null;
}

/** The least that there is. */
export const CONTACTS: Redaction = { contacts: true, names: null };

/** What of a text is taken out, in order, none over another. */
export function findPersonalData(
  text: string,
  { contacts, names }: Redaction = CONTACTS,
): PersonalSpan[] {
  const all = contacts ? findContacts(text) : [];
  if (names !== null) all.push(...findKnownNames(text, names), ...findNames(text));
  all.sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: PersonalSpan[] = [];
  for (const span of all) {
    const last = kept.at(-1);
    if (!last || span.start >= last.end) kept.push(span);
    // What overlaps is one stretch: rather too much of it than a rest.
    else last.end = Math.max(last.end, span.end);
  }
  return kept;
}

function findContacts(text: string): PersonalSpan[] {
  const numbers = numberRuns(text).flatMap((run) => findInRun(text, run));
  return [...findEmails(text), ...numbers, ...findDottedPhones(text)];
}

/** The cards of a run, and the telephone numbers before, between and after them. */
function findInRun(text: string, { tokens, start: runStart }: NumberRun): PersonalSpan[] {
  const found: PersonalSpan[] = [];
  let from = 0;
  // Behind a card nobody knows of what the words before it speak.
  const phonesUntil = (until: number): PersonalSpan[] =>
    from === until
      ? []
      : findPhones(text, tokens.slice(from, until), from === 0 ? wordsBefore(text, runStart) : '');
  for (const card of findCards(tokens)) {
    const { start, end } = toRun(tokens.slice(card.from, card.until));
    found.push(...phonesUntil(card.from), { kind: 'card', start, end });
    from = card.until;
  }
  return [...found, ...phonesUntil(tokens.length)];
}

/** The text with a placeholder such as `[email]` for each. */
export function redactText(text: string, what = CONTACTS): string {
  const composed = text.normalize('NFC');
  return redactSpans(composed, findPersonalData(composed, what));
}

/** The same of a text that goes on: a number at its end may be the beginning of one, a word there a name. */
export function redactDraft(heard: string, what = CONTACTS): string {
  const text = heard.normalize('NFC');
  const grown = what.names === null ? null : mayBecomeName(text);
  const spans = findPersonalData(text, what);
  if (grown && !spans.some(({ end }) => end >= grown.end)) spans.push(grown);
  const redacted = redactSpans(text, spans);
  if (!what.contacts) return redacted;
  const growing = numbersAtEnd(redacted);
  const { digits, start, end } = toRun(growing);
  if (digits.length < GROWING_DIGITS) return redacted;
  const bracket = redacted[start - 1] === '(' && redacted.slice(start, end).includes(')');
  return `${redacted.slice(0, bracket ? start - 1 : start)}[number]${redacted.slice(end)}`;
}

/**
 * The same of a draft part of which is confirmed. Where the engine heard some of these, only what it heard is shown: confirmed
 * words that it contradicts could tear a number apart. From the first placeholder on nothing is confirmed: it may still take
 * in the words around it.
 */
export function redactAgreed(
  { text, stableLength, heard }: AgreedText & { heard: string },
  what = CONTACTS,
): AgreedText {
  const redactedHeard = redactDraft(heard, what);
  const redacted = redactedHeard === heard ? redactDraft(text, what) : redactedHeard;
  let same = 0;
  while (same < stableLength && redacted[same] === text[same]) same++;
  // Whole words are confirmed.
  const whole = same < stableLength ? Math.max(0, redacted.lastIndexOf(' ', same)) : same;
  return { text: redacted, stableLength: whole };
}

/** The last numbers of a text that ends with them, whatever marks are between and behind them. */
function numbersAtEnd(text: string): NumberToken[] {
  const numbers = numbersOf(text);
  let from = numbers.length;
  let before = text.length;
  for (let last = numbers[from - 1]; last; last = numbers[from - 1]) {
    if (!MARKS_ONLY.test(text.slice(last.end, before))) break;
    before = last.start;
    from -= 1;
  }
  return numbers.slice(from);
}

/** Text and words of a segment, alike: the words that a placeholder stands for are one. */
export function redactSpeech<Speech extends { text: string; words: Word[] }>(
  heard: Speech,
  bounds: { startMs: number; endMs: number },
  what = CONTACTS,
): Speech {
  const speech = composed(heard);
  const spans = findPersonalData(speech.text, what);
  if (spans.length === 0) return speech;
  const text = redactSpans(speech.text, spans);
  const words =
    redactWords(speech.text, speech.words, spans) ??
    estimatedWords(text, bounds.startMs, bounds.endMs);
  return { ...speech, text, words };
}

/** Accents as one with their letters, as names are compared. */
function composed<Speech extends { text: string; words: Word[] }>(speech: Speech): Speech {
  const text = speech.text.normalize('NFC');
  if (text === speech.text) return speech;
  const words = speech.words.map((word) => ({ ...word, text: word.text.normalize('NFC') }));
  return { ...speech, text, words };
}

function redactSpans(text: string, spans: readonly PersonalSpan[]): string {
  let redacted = '';
  let from = 0;
  for (const span of spans) {
    redacted += text.slice(from, span.start) + placeholderOf(span);
    from = span.end;
  }
  return redacted + text.slice(from);
}

/** Null where a word cannot be found in the text: then nobody can say what it is part of. */
function redactWords(
  text: string,
  words: readonly Word[],
  spans: readonly PersonalSpan[],
): Word[] | null {
  const redacted: Word[] = [];
  let standsFor: PersonalSpan | undefined;
  let from = 0;
  for (const word of words) {
    const start = text.indexOf(word.text, from);
    // A word that is far from the one before it is not this one, but its like.
    if (start < 0 || /\S/.test(text.slice(from, start))) return null;
    from = start + word.text.length;
    const span = spans.find((one) => start < one.end && from > one.start);
    const last = redacted.at(-1);
    if (!span) redacted.push(word);
    else if (span === standsFor && last) last.endMs = word.endMs;
    else redacted.push({ ...word, text: placeholderOf(span) });
    standsFor = span;
  }
  return redacted;
}
