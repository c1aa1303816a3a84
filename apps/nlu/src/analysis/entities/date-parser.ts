import type { Chrono, Parser } from 'chrono-node';
import { onDemand } from '../text/on-demand';

const ORDINALS = (
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth ' +
  'fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first ' +
  'twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth ' +
  'twenty-ninth thirtieth thirty-first'
).split(' ');
const ORDINAL_WORDS = ORDINALS.map((word) => word.replace('-', '[ -]'))
  .sort((one, other) => other.length - one.length)
  .join('|');

const WEEKDAY = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';

/** `on the fifteenth`, `Monday the 3rd`: the next such day of a month. */
const dayOfMonth: Parser = {
  pattern: () =>
    new RegExp(
      `(?:(?<=\\b(?:on|by|before|until|till|from|to|after|is|was|for|day) )|\\b(?:on )?${WEEKDAY},? )the (?:(${ORDINAL_WORDS})|(\\d{1,2})(?:st|nd|rd|th))\\b` +
        '(?=\\s*(?:$|[.,?!;]|(?:at|and|or|so|if|right|instead|please|then|works?)\\b))',
      'i',
    ),
  extract: (context, match) => {
    const word = match[1]?.toLowerCase().replace(' ', '-');
    const day = word ? ORDINALS.indexOf(word) + 1 : Number(match[2]);
    if (day < 1 || day > 31) return null;
    const now = context.refDate;
    for (let ahead = now.getUTCDate() <= day ? 0 : 1; ahead < 12; ahead++) {
      const date = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, day));
      if (date.getUTCDate() === day) return calendarDay(date);
    }
    return null;
  },
};

/** `end of next week`, `end of day`, `EOD`: the last day of the period, Friday for a week; "end of day Friday" is just Friday. */
const endOfPeriod: Parser = {
  pattern: () =>
    /\b(?:(?:the )?end of (?:(the|this|next) )?(day|business|week|month|quarter|year)|close of business|eod|cob|eow)\b(?! (?:on |this |next )?(?:today|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day))/i,
  extract: (context, match) => {
    const steps = match[1]?.toLowerCase() === 'next' ? 1 : 0;
    const short = match[0].toLowerCase();
    const period = match[2]?.toLowerCase() ?? (short === 'eow' ? 'week' : 'day');
    return calendarDay(lastDayOf(period, context.refDate, steps));
  },
};

function lastDayOf(period: string, now: Date, steps: number): Date {
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  switch (period) {
    case 'week': {
      // Counted from Monday; said at the weekend, "the end of the week" is the coming Friday.
      const toFriday = (5 - now.getUTCDay() + 7) % 7;
      return new Date(Date.UTC(year, month, day + toFriday + 7 * steps));
    }
    case 'month':
      return new Date(Date.UTC(year, month + 1 + steps, 0));
    case 'quarter':
      return new Date(Date.UTC(year, (Math.floor(month / 3) + 1 + steps) * 3, 0));
    case 'year':
      return new Date(Date.UTC(year + steps, 11, 31));
    default:
      return new Date(Date.UTC(year, month, day + steps));
  }
}

function calendarDay(date: Date): { day: number; month: number; year: number } {
  return { day: date.getUTCDate(), month: date.getUTCMonth() + 1, year: date.getUTCFullYear() };
}

/** chrono's English, with the ways people speak of days that it does not know. */
export const dateParser = onDemand((): Chrono => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- large: not before there is something to analyse
  const { casual } = require('chrono-node') as typeof import('chrono-node');
  const parser = casual.clone();
  parser.parsers.unshift(dayOfMonth, endOfPeriod);
  return parser;
});
