import { isCounting, type NumberRun, type NumberToken, toRun } from './number-runs';
import type { PersonalSpan } from './personal-span';

/** What people say before a telephone number. */
const CUE =
  /\b(?:(?:(?:call|text|ring|reach|whats ?app) (?:me|him|her|us|them)|call|phone|telephone|mobile|cell|dial|fax)\b[^.!?]{0,25}|(?:(?:my|his|her|our|your|their|office|home) number|number is)\b[^.!?]{0,15})$/i;
/** What people say before a number that is none. */
const OTHER_NUMBER =
  /\b(?:order|invoice|ticket|case|reference|ref|tracking|serial|account|version|build|part|model|purchase|item|article|sku|isbn|id|room|budget|population|id number)\b[^.!?]{0,25}$/i;
const LOOK_BACK = 60;
const FEWEST = 7;
const MOST = 15;
const DATE = /^(?:\d{4}[-/ ]\d{1,2}[-/ ]\d{1,2}|\d{1,2}[-/ ]\d{1,2}[-/ ]\d{4})$/;
/** `(415) 555-0132`, `1 415 555 0132`: three, three and four. */
const AMERICAN = ['3 3 4', '1 3 3 4'];
const DOTTED = /(?<![\d.])(?:\+?1\.)?\d{3}\.\d{3}\.\d{4}(?![\d.]?\d)/g;

/** The words before numbers in a row, where they say of what kind these are. */
export function wordsBefore(text: string, at: number): string {
  return text.slice(Math.max(0, at - LOOK_BACK), at);
}

/** Telephone numbers among numbers in a row: all of them as one, else what commas part, else what has the form. */
export function findPhones(
  text: string,
  tokens: readonly NumberToken[],
  words: string,
): PersonalSpan[] {
  const whole = findPhone(text, toRun(tokens), words);
  if (whole) return [whole];
  const found: PersonalSpan[] = [];
  let unclear: NumberToken[] = [];
  const close = (): void => {
    found.push(...findForms(text, unclear, words));
    unclear = [];
  };
  for (const part of partsOf(text, tokens)) {
    const phone = findPhone(text, toRun(part), words);
    if (!phone) {
      unclear.push(...part);
      continue;
    }
    close();
    found.push(phone);
  }
  close();
  return found;
}

/** A telephone number that is the run, when its form or the words before it leave no doubt. */
function findPhone(text: string, run: NumberRun, words: string): PersonalSpan | null {
  const { digits, tokens, spoken } = run;
  if (digits.length < FEWEST || digits.length > MOST) return null;
  const written = text.slice(run.start, run.end);
  if (DATE.test(written) || isCounting(run)) return null;
  const plus = /(?:\+|\bplus )\s*\(?$/i.exec(wordsBefore(text, run.start));
  const found = spanOf(text, run, plus?.[0].length ?? 0);
  if (plus) return found;
  if (OTHER_NUMBER.test(words)) return null;
  const american = !spoken && AMERICAN.includes(groupsOf(tokens));
  const national = !spoken && digits.startsWith('0') && digits.length >= 9 && tokens.length > 1;
  const dictated = spoken && (digits.length === 10 || digits.length === 11);
  return american || national || dictated || CUE.test(words) ? found : null;
}

/** The American ones in what is more than one number, and what was dictated digit by digit. */
function findForms(text: string, tokens: readonly NumberToken[], words: string): PersonalSpan[] {
  if (tokens.length === 0 || OTHER_NUMBER.test(words)) return [];
  const found: PersonalSpan[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const until = [americanEnd(text, tokens, at), dictatedEnd(tokens, at)].find(
      (end) => end !== null,
    );
    if (!until) continue;
    const run = toRun(tokens.slice(at, until));
    if (!isCounting(run)) found.push(spanOf(text, run, 0));
    at = until - 1;
  }
  return found;
}

function americanEnd(text: string, tokens: readonly NumberToken[], from: number): number | null {
  const joined = (at: number): boolean => {
    const [one, next] = [tokens[at - 1], tokens[at]];
    return one !== undefined && next !== undefined && text.slice(one.end, next.start).includes('-');
  };
  // With more behind a hyphen it is a longer number, and another one.
  if (joined(from)) return null;
  for (const groups of AMERICAN) {
    const until = from + groups.split(' ').length;
    const part = tokens.slice(from, until);
    const fits = groupsOf(part) === groups && part.every(({ spoken }) => !spoken);
    const written = text.slice(part[0]?.start, part.at(-1)?.end);
    if (fits && !joined(until) && !written.includes(',')) return until;
  }
  return null;
}

function dictatedEnd(tokens: readonly NumberToken[], from: number): number | null {
  let [until, digits] = [from, 0];
  for (let token = tokens[until]; token && isDictated(token); token = tokens[until]) {
    until += 1;
    digits += token.digits.length;
  }
  return digits >= 10 ? until : null;
}

function isDictated({ spoken, digits }: NumberToken): boolean {
  return spoken && new Set(digits).size === 1;
}

function groupsOf(tokens: readonly NumberToken[]): string {
  return tokens.map((token) => token.digits.length).join(' ');
}

function partsOf(text: string, tokens: readonly NumberToken[]): NumberToken[][] {
  const parts: NumberToken[][] = [];
  for (const token of tokens) {
    const part = parts.at(-1);
    const last = part?.at(-1);
    if (part && last && !text.slice(last.end, token.start).includes(',')) part.push(token);
    else parts.push([token]);
  }
  return parts;
}

/** `415.555.0132` is no run, since a dot usually makes a decimal. */
export function findDottedPhones(text: string): PersonalSpan[] {
  return [...text.matchAll(DOTTED)].map((match) => ({
    kind: 'phone',
    start: match.index,
    end: match.index + match[0].length,
  }));
}

function spanOf(text: string, { start, end }: NumberRun, prefix: number): PersonalSpan {
  const from = start - prefix;
  const bracket = prefix === 0 && text[from - 1] === '(' && text.slice(from, end).includes(')');
  return { kind: 'phone', start: bracket ? from - 1 : from, end };
}
