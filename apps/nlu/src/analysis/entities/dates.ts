import type { Entity } from '@parley/contracts';
import type { ParsedResult } from 'chrono-node';
import { withoutOverlaps } from '../text/span';
import { dateParser } from './date-parser';
import { writeTimesAsDigits } from './spoken-times';
import { instantOf, toCalendarDate, toZonedRfc3339, wallClock } from './zoned-time';

/** What the parser takes for a date and people mean otherwise; `before` is the text in front of it. */
const NOT_A_DATE: readonly { text?: RegExp; before?: RegExp; after?: RegExp }[] = [
  { text: /^(?:right )?now$/i },
  { text: /^[\d\s.,-]+$|^\d+ (?:to|-|until) \d+$/i },
  { text: /^\d+\/\d+$/, after: /^(?! ?(?:at|on))/i },
  { text: /\b(?:second|minute|moment)s?$/i },
  { text: /^(?:morning|afternoon|evening|night)$/i },
  { text: /^(?:weekend|day)$/i },
  {
    text: /^(?:sat|sun|mon|wed|mar|may|march|jan|dec|second|fall)$/,
    before: /^(?!.*\b(?:in|on|by|of|since|until|last|next|this) $)/i,
  },
  { text: /^may$/i, before: /\b(?:i|we|you|he|she|it|they|that|this|which|who) $/i },
  // A bare length of time is a duration, not a day: "five days", "for two weeks", "the week".
  {
    text: /^(?!.*\b(?:in|within|ago|from now|later|earlier|after|before|this|next|last|past|coming|previous|end)\b).*\b(?:hour|day|week|month|quarter|year)s?\b/i,
  },
];

/** Periods have no single day, so they get no value rather than a made-up one. */
const PERIOD =
  /\b(?:few|couple|several|some|weekend|(?:this|next|last|past|coming|previous|current) (?:\w+ )?(?:weeks?|months?|quarters?|years?))\b/i;
const DAY_IN_PERIOD = /(?:mon|tues|wednes|thurs|fri|satur|sun)day|\bend of\b/i;

/** Dates and times as spoken, resolved against `at` in `timeZone`. */
export function findDates(text: string, context: { at: Date; timeZone: string }): Entity[] {
  const rewritten = writeTimesAsDigits(text);
  // The parser reckons on the wall clock, as people do; only the result is put into the time zone.
  const wallNow = wallClock(context.at, context.timeZone);
  const reference = { instant: wallNow, timezone: 0 };
  const found = dateParser()
    .parse(rewritten.text, reference, { forwardDate: true })
    .filter((result) => isDate(rewritten.text, result));
  return withoutOverlaps(
    found.map((result): Entity => {
      // The parser counts some prepositions in ("on Monday") and others not ("by Monday").
      const lead = /^(?:on|at) /i.exec(result.text)?.[0].length ?? 0;
      const span = rewritten.toSource({
        start: result.index + lead,
        end: result.index + result.text.length,
      });
      const value = valueOf(result, { ...context, wallNow });
      return {
        type: 'date',
        text: text.slice(span.start, span.end),
        ...span,
        ...(value === undefined ? {} : { value }),
        confidence: value === undefined ? 0.6 : 0.9,
      };
    }),
  );
}

function isDate(text: string, result: ParsedResult): boolean {
  const before = text.slice(0, result.index);
  const after = text.slice(result.index + result.text.length);
  return !NOT_A_DATE.some(
    (rule) =>
      (rule.text?.test(result.text) ?? true) &&
      (rule.before?.test(before) ?? true) &&
      (rule.after?.test(after) ?? true),
  );
}

function valueOf(
  result: ParsedResult,
  { at, timeZone, wallNow }: { at: Date; timeZone: string; wallNow: Date },
): string | undefined {
  const { start, text } = result;
  if (result.tags().has('result/relativeDateAndTime')) {
    // "In two hours" is elapsed time, whatever the clocks do in between.
    return toZonedRfc3339(
      new Date(at.getTime() + start.date().getTime() - wallNow.getTime()),
      timeZone,
    );
  }
  if (PERIOD.test(text) && !DAY_IN_PERIOD.test(text)) return undefined;
  const [year, month, day] = [start.get('year'), start.get('month'), start.get('day')];
  if (year === null || month === null || day === null) return undefined;
  const hour = start.get('hour');
  if (start.isCertain('hour') && hour !== null) {
    if (start.isCertain('timezoneOffset')) return toZonedRfc3339(start.date(), timeZone);
    const spoken = new Date(
      Date.UTC(year, month - 1, day, inWorkingHours(hour, start), start.get('minute') ?? 0),
    );
    return toZonedRfc3339(instantOf(spoken, timeZone), timeZone);
  }
  const dayWasSaid = start.isCertain('day') || start.isCertain('weekday') || /\bthis\b/i.test(text);
  if (!dayWasSaid) return undefined;
  const date = toCalendarDate(new Date(Date.UTC(year, month - 1, day)));
  // On a Friday nobody calls that very day "Friday": the next one is meant.
  const onlyWeekday = !start.isCertain('day') && !/\bthis\b/i.test(text);
  return onlyWeekday && date === toCalendarDate(wallNow)
    ? toCalendarDate(new Date(Date.UTC(year, month - 1, day + 7)))
    : date;
}

/** Nobody meets "at three" in the night: from one to six without a half of the day means the afternoon. */
function inWorkingHours(hour: number, start: ParsedResult['start']): number {
  return !start.isCertain('meridiem') && hour >= 1 && hour <= 6 ? hour + 12 : hour;
}
