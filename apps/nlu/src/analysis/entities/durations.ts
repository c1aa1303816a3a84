import type { Entity } from '@parley/contracts';
import { readNumber } from '../text/spoken-number';
import type { Token } from '../text/token';
import { toIsoDuration, type DurationPart, type DurationUnit } from './iso-duration';

const UNITS: Readonly<Record<string, DurationUnit>> = {
  second: 'second',
  minute: 'minute',
  min: 'minute',
  mins: 'minute',
  hour: 'hour',
  hr: 'hour',
  hrs: 'hour',
  day: 'day',
  week: 'week',
  fortnight: 'fortnight',
  month: 'month',
  quarter: 'quarter',
  year: 'year',
};
/** Before an article these show that a length is meant: "takes a week", not "twice a week". */
const MEASURING = new Set(
  (
    'for in within take takes took taking last lasts lasted about after another almost over under ' +
    'least most only need needs spend spent than around nearly every'
  ).split(' '),
);
const VAGUE = new Set(['few', 'several', 'some', 'many']);

interface ReadDuration {
  parts: DurationPart[];
  next: number;
}

/** Lengths of time: `two weeks`, `an hour and a half`, `90 minutes`; vague ones get no value. */
export function findDurations(text: string, tokens: readonly Token[]): Entity[] {
  const found: Entity[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const read = readLength(tokens, index);
    if (!read || /^(?:old|ago)$/.test(tokens[read.next]?.lower ?? '')) continue;
    const start = tokens[index]?.start ?? 0;
    const end = tokens[read.next - 1]?.end ?? start;
    const value = read.parts.length > 0 ? { value: toIsoDuration(read.parts) } : {};
    found.push({
      type: 'duration',
      text: text.slice(start, end),
      start,
      end,
      ...value,
      confidence: read.parts.length > 0 ? 0.9 : 0.6,
    });
    index = read.next - 1;
  }
  return found;
}

function readLength(tokens: readonly Token[], index: number): ReadDuration | null {
  const vague = tokens[index]?.lower === 'a' ? index + 1 : index;
  if (VAGUE.has(tokens[vague]?.lower ?? '')) {
    const unit = unitAt(tokens, vague + 1);
    return unit?.plural ? { parts: [], next: unit.next } : null;
  }
  const first = readPart(tokens, index);
  if (!first) return null;
  // "two hours and thirty minutes"
  const and = tokens[first.next]?.lower === 'and' ? 1 : 0;
  const second = readPart(tokens, first.next + and);
  const [bigger, smaller] = [first.parts[0], second?.parts[0]];
  return second && bigger && smaller && bigger.unit !== smaller.unit
    ? { parts: [bigger, smaller], next: second.next }
    : first;
}

function readPart(tokens: readonly Token[], index: number): ReadDuration | null {
  const number = readNumber(tokens, index);
  if (!number) return null;
  const range = readRange(tokens, number.next);
  if (range) return range;
  const unit = unitAt(tokens, number.next);
  if (!unit) return null;
  // "Two year" is a slip, "the twenty second of May" and "one second" are no lengths.
  if (!unit.plural && unit.unit === 'second' && !unit.hyphenated) return null;
  if (unit.plural ? number.value === 1 && number.counted : number.value > 1 && !unit.attributive)
    return null;
  const tail = tokens
    .slice(unit.next, unit.next + 3)
    .map(({ lower }) => lower)
    .join(' ');
  const half = !unit.plural && tail === 'and a half';
  if (!number.counted && !half && !measured(tokens, index, unit.unit)) return null;
  return {
    parts: [{ amount: number.value + (half ? 0.5 : 0), unit: unit.unit }],
    next: half ? unit.next + 3 : unit.next,
  };
}

/** What follows the first number of "three to four weeks": a length, but not one that has a single value. */
function readRange(tokens: readonly Token[], index: number): ReadDuration | null {
  if (!/^(?:to|or|-|–)$/.test(tokens[index]?.lower ?? '')) return null;
  const upper = readNumber(tokens, index + 1);
  const unit = upper && unitAt(tokens, upper.next);
  return unit?.plural ? { parts: [], next: unit.next } : null;
}

function measured(tokens: readonly Token[], index: number, unit: DurationUnit): boolean {
  return unit !== 'minute' && MEASURING.has(tokens[index - 1]?.lower ?? '');
}

function unitAt(
  tokens: readonly Token[],
  index: number,
): {
  unit: DurationUnit;
  plural: boolean;
  hyphenated: boolean;
  attributive: boolean;
  next: number;
} | null {
  const hyphenated = tokens[index]?.lower === '-';
  const at = hyphenated ? index + 1 : index;
  const word = tokens[at]?.lower ?? '';
  const plural = word.endsWith('s');
  const unit = UNITS[word] ?? (plural ? UNITS[word.slice(0, -1)] : undefined);
  if (!unit) return null;
  const following = tokens[at + 1]?.lower ?? '';
  const attributive =
    hyphenated || word === 'min' || word === 'hr' || /^[a-z]{3,}$/.test(following);
  return { unit, plural, hyphenated, attributive, next: at + 1 };
}
