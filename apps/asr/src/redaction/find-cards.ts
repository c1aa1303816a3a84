import { type NumberRun, toRun } from './number-runs';
import type { PersonalSpan } from './personal-span';

/** How the numbers of a kind of card begin, and how long they are. */
const CARDS: readonly [begins: RegExp, lengths: readonly number[]][] = [
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(?:6011|64[4-9]|65)/, [16, 19]],
  [/^35(?:2[89]|[3-8])/, [16]],
  [/^3(?:0[0-5]|[68])/, [14]],
  [/^62/, [16, 17, 18, 19]],
  [/^(?:5[06-9]|63|67)/, [16, 18, 19]],
];

/** A card number in the run, the longest; other numbers may stand before and after it. */
export function findCard(run: NumberRun): PersonalSpan | null {
  const { tokens } = run;
  for (let length = tokens.length; length > 0; length -= 1) {
    for (let from = 0; from + length <= tokens.length; from += 1) {
      const { digits, start, end } = toRun(tokens.slice(from, from + length));
      if (isCard(digits)) return { kind: 'card', start, end };
    }
  }
  return null;
}

function isCard(digits: string): boolean {
  return (
    CARDS.some(([begins, lengths]) => begins.test(digits) && lengths.includes(digits.length)) &&
    passesLuhn(digits)
  );
}

/** ISO/IEC 7812-1, annex B. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (const [at, digit] of [...digits].reverse().entries()) {
    const value = Number(digit) * (at % 2 === 1 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}
