import { isCounting, type NumberToken, toRun } from './number-runs';

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

const MOST_DIGITS = 19;

/** Where among numbers a card stands: from the first of its numbers to before the one at `until`. */
export interface CardPlace {
  from: number;
  until: number;
}

/** The card numbers among numbers in a row, others before, between and after them; of two over one another the longer. */
export function findCards(tokens: readonly NumberToken[]): CardPlace[] {
  const found: CardPlace[] = [];
  for (let from = 0; from < tokens.length; from += 1) {
    const until = cardEnd(tokens, from);
    if (until === null) continue;
    const last = found.at(-1);
    if (!last || from >= last.until) found.push({ from, until });
    else if (until - from > last.until - last.from) found[found.length - 1] = { from, until };
  }
  return found;
}

/** The end of the longest card that begins there; no card has more numbers than digits. */
function cardEnd(tokens: readonly NumberToken[], from: number): number | null {
  let end: number | null = null;
  let digits = '';
  for (const [at, token] of tokens.slice(from, from + MOST_DIGITS).entries()) {
    digits += token.digits;
    if (digits.length > MOST_DIGITS) break;
    const until = from + at + 1;
    if (isCard(digits) && !isCounting(toRun(tokens.slice(from, until)))) end = until;
  }
  return end;
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
