import type { Entity } from '@parley/contracts';
import type { AnalysisContext } from '../analysis-context';
import type { ParsedText } from '../text/parsed-text';
import { contains, overlaps } from '../text/span';
import { tokenise } from '../text/token';
import { findDates } from './dates';
import { findDurations } from './durations';
import { findMoney } from './money';
import { findNames } from './names';
import { findNumbers } from './numbers';

/** Everything that is named or measured in a text, in order; each stretch of it once. */
export function findEntities(text: string, parsed: ParsedText, context: AnalysisContext): Entity[] {
  const tokens = tokenise(text);
  const dates = findDates(text, context);
  const money = findMoney(text, tokens);
  const measured = [...dates, ...money];
  // "In two weeks" is a date; saying "two weeks" again as a length would only be noise.
  const durations = findDurations(text, tokens).filter(
    (duration) => !measured.some((other) => contains(other, duration)),
  );
  const names = findNames(text, parsed, context.participants).filter(
    (name) => !measured.some((other) => overlaps(other, name)),
  );
  // What is already a date, an amount, a length or part of a name is not a number as well.
  const taken = [...measured, ...durations, ...names];
  const numbers = findNumbers(text, tokens).filter(
    (number) => !taken.some((other) => overlaps(other, number)),
  );
  return [...taken, ...numbers].sort(
    (one, other) => one.start - other.start || one.end - other.end,
  );
}
