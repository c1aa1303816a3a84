import type { PersonalSpan } from './personal-span';

const WRITTEN =
  /(?<![A-Za-z0-9])[A-Za-z0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}\b/g;

const TOP_LEVELS =
  'com|org|net|edu|gov|io|co|uk|de|fr|eu|info|biz|ai|app|dev|me|us|ca|au|ch|at|nl|es|it|pl|se|no|dk|fi|be|pt|jp|in|br|mx|ie|nz|cloud|tech|example';
/** Nothing that joins words is part of one: a text of hyphens can be read in one way only, and soon is. */
const WORD = `[A-Za-z0-9]+`;
const NAME = `[A-Za-z0-9][A-Za-z0-9-]*`;
const JOINT = `(?:\\s+(?:dot|period|point|underscore|dash|hyphen|minus|plus)\\s+|\\s*[._+-]\\s*)`;
const DOT = `(?:\\s+(?:dot|period)\\s+|\\.)`;
/** "jane dot doe at example dot co dot uk", "jane at example.com", "jane@example dot com". */
const SPOKEN = new RegExp(
  `\\b(${WORD}(?:${JOINT}${WORD}){0,9})(?:\\s+at(?:\\s+sign)?\\s+|\\s*@\\s*)` +
    `${NAME}(?:(?:\\s+(?:dash|hyphen|minus)\\s+|${DOT})${NAME}){0,3}?${DOT}(?:${TOP_LEVELS})\\b` +
    `(?:${DOT}(?:${TOP_LEVELS})\\b)?`,
  'gi',
);
/** Before "at" these lead to a place, and are nobody's name: "look at example dot com". */
const LEADS_TO_A_PLACE = new Set(
  `look looks looked looking see seen saw is was are were be been being it them us me you him her this that these those
   meet met find finds found available online live lives hosted hosting buy bought sell sold order ordered work works
   worked working check checked start started arrive arrived stay stayed here there out up down more read book booked
   sign signed register registered shop shopping download downloaded go going everything all details page site website
   one and or visit learn posted published listed launched running run runs aimed pointed pointing shipped`
    .split(/\s+/)
    .filter(Boolean),
);

/** Addresses as they are written, and as they are spoken where that can mean nothing else. */
export function findEmails(text: string): PersonalSpan[] {
  const found: PersonalSpan[] = [...text.matchAll(WRITTEN)].map((match) => ({
    kind: 'email',
    start: match.index,
    end: match.index + match[0].length,
  }));
  for (const match of text.matchAll(SPOKEN)) {
    const [whole, local = ''] = match;
    if (LEADS_TO_A_PLACE.has(local.toLowerCase())) continue;
    const start = match.index;
    found.push({ kind: 'email', start, end: start + whole.length });
  }
  return found;
}
