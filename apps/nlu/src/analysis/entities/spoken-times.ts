import { RewrittenText } from '../text/rewritten-text';

const HOURS = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');
const MINUTES: Readonly<Record<string, string>> = {
  'oh five': '05',
  five: '05',
  ten: '10',
  fifteen: '15',
  twenty: '20',
  'twenty five': '25',
  'twenty-five': '25',
  thirty: '30',
  'thirty five': '35',
  'thirty-five': '35',
  forty: '40',
  'forty five': '45',
  'forty-five': '45',
  fifty: '50',
  'fifty five': '55',
  'fifty-five': '55',
};

const HOUR = `(?<hour>${HOURS.join('|')}|1[0-2]|[1-9])`;
const MINUTE = `(?:[ ](?<minute>${Object.keys(MINUTES)
  .sort((one, other) => other.length - one.length)
  .join('|')}))`;
const HALF_OF_DAY = `(?<half>a\\.? ?m\\b\\.?|p\\.? ?m\\b\\.?|o'?clock\\b)`;
const WEEKDAY = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
const PREPOSITION = `(?:at|by|until|till|before|after|around|from|to|for|between|about|say|maybe|${WEEKDAY}|tomorrow|today)`;
/** After a bare number these show that a time was meant: `at ten` but not `at ten customers`. */
const NO_NOUN = `(?=\\s*(?:$|[.,?!;]|(?:on|in the|tomorrow|today|tonight|next|this|for|with|and|or|to|until|works?|okay|sharp|if|so|then|is|would|suits?|your|our|my|because|but|instead|please|${WEEKDAY})\\b))`;

interface Form {
  pattern: RegExp;
  write: (groups: Partial<Record<string, string>>) => string;
}

const hourOf = (groups: Partial<Record<string, string>>): number => {
  const word = (groups.hour ?? '').toLowerCase();
  const spoken = HOURS.indexOf(word) + 1;
  return spoken > 0 ? spoken : Number(word);
};
const minuteOf = (groups: Partial<Record<string, string>>): string =>
  MINUTES[(groups.minute ?? '').toLowerCase()] ?? '00';
const halfOf = (groups: Partial<Record<string, string>>): string =>
  /^([ap])/i.exec(groups.half ?? '')?.[1]?.toLowerCase() ?? '';
const clock = (groups: Partial<Record<string, string>>): string =>
  `${hourOf(groups)}:${minuteOf(groups)}${halfOf(groups) ? ` ${halfOf(groups)}m` : ''}`;

const FORMS: readonly Form[] = [
  { pattern: new RegExp(`\\bhalf past ${HOUR}\\b`, 'gi'), write: (g) => `${hourOf(g)}:30` },
  { pattern: new RegExp(`\\bquarter past ${HOUR}\\b`, 'gi'), write: (g) => `${hourOf(g)}:15` },
  {
    pattern: new RegExp(`\\b(?:a )?quarter to ${HOUR}\\b`, 'gi'),
    write: (g) => `${hourOf(g) === 1 ? 12 : hourOf(g) - 1}:45`,
  },
  { pattern: new RegExp(`\\b${HOUR}${MINUTE}? ?${HALF_OF_DAY}`, 'gi'), write: clock },
  {
    pattern: new RegExp(`(?<=\\b${PREPOSITION} )${HOUR}${MINUTE}\\b${NO_NOUN}`, 'gi'),
    write: clock,
  },
  {
    pattern: new RegExp(`(?<=\\b${PREPOSITION} )${HOUR}\\b(?![:.]\\d)${NO_NOUN}`, 'gi'),
    write: clock,
  },
];

/** Writes times of day as digits (`at half past ten` -> `at 10:30`), which is what date parsers read. */
export function writeTimesAsDigits(text: string): RewrittenText {
  const found: { start: number; end: number; by: string }[] = [];
  for (const { pattern, write } of FORMS) {
    for (const match of text.matchAll(pattern)) {
      const span = { start: match.index, end: match.index + match[0].length };
      if (found.some((other) => other.start < span.end && span.start < other.end)) continue;
      found.push({ ...span, by: write(match.groups ?? {}) });
    }
  }
  return RewrittenText.of(text, found);
}
