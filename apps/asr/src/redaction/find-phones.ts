import type { NumberRun } from './number-runs';
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

/** A telephone number that is the run, when its form or the words before it leave no doubt. */
export function findPhone(text: string, run: NumberRun): PersonalSpan | null {
  const { digits, tokens, spoken } = run;
  if (digits.length < FEWEST || digits.length > MOST) return null;
  const written = text.slice(run.start, run.end);
  if (DATE.test(written) || isCounting(digits)) return null;
  const before = text.slice(Math.max(0, run.start - LOOK_BACK), run.start);
  const plus = /(?:\+|\bplus )\s*\(?$/i.exec(before);
  const found = spanOf(text, run, plus?.[0].length ?? 0);
  if (plus) return found;
  if (OTHER_NUMBER.test(before)) return null;
  const groups = tokens.map((token) => token.digits.length).join(' ');
  const american = !spoken && AMERICAN.includes(groups);
  const national = !spoken && digits.startsWith('0') && digits.length >= 9 && tokens.length > 1;
  const dictated = spoken && (digits.length === 10 || digits.length === 11);
  return american || national || dictated || CUE.test(before) ? found : null;
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

/** Somebody counts. */
function isCounting(digits: string): boolean {
  return '12345678910111213'.startsWith(digits) || '10987654321'.startsWith(digits);
}
