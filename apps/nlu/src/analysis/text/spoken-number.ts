import type { Token } from './token';

const SMALL_NUMBERS: Readonly<Record<string, number>> = Object.fromEntries(
  (
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen ' +
    'sixteen seventeen eighteen nineteen'
  )
    .split(' ')
    .map((word, value) => [word, value]),
);
const TENS: Readonly<Record<string, number>> = Object.fromEntries(
  'twenty thirty forty fifty sixty seventy eighty ninety'
    .split(' ')
    .map((word, index) => [word, (index + 2) * 10]),
);
const MULTIPLIERS: Readonly<Record<string, number>> = {
  hundred: 100,
  thousand: 1_000,
  k: 1_000,
  million: 1_000_000,
  m: 1_000_000,
  billion: 1_000_000_000,
  bn: 1_000_000_000,
};
/** Letters that multiply only when they touch their number: `20k`. */
const SUFFIXES = new Set(['k', 'm', 'bn']);

export interface SpokenNumber {
  value: number;
  /** Index of the first token after the number. */
  next: number;
  /** False for a bare `a` or `an`, which may be an article. */
  counted: boolean;
}

/** Reads the number that begins at `tokens[from]`: `1,200`, `4.5k`, `twenty-five`, `two and a half million`, `an`. */
export function readNumber(tokens: readonly Token[], from: number): SpokenNumber | null {
  const first = tokens[from]?.lower ?? '';
  if (first === 'half' && /^an?$/.test(tokens[from + 1]?.lower ?? '')) {
    return withMultipliers(tokens, { value: 0.5, next: from + 2, counted: true });
  }
  if (first === 'a' || first === 'an') return readAfterArticle(tokens, from);
  const start = /^\d/.test(first)
    ? { value: Number(first.replaceAll(',', '')), next: from + 1, counted: true }
    : readBelowHundred(tokens, from);
  return start && withMultipliers(tokens, withHalf(tokens, start));
}

function readAfterArticle(tokens: readonly Token[], from: number): SpokenNumber {
  const second = tokens[from + 1]?.lower ?? '';
  if (second === 'couple' || second === 'dozen') {
    const of = tokens[from + 2]?.lower === 'of' ? 1 : 0;
    return { value: second === 'couple' ? 2 : 12, next: from + 2 + of, counted: true };
  }
  const one = { value: 1, next: from + 1, counted: false };
  return isMultiplier(tokens, from + 1) ? withMultipliers(tokens, one) : one;
}

function readBelowHundred(tokens: readonly Token[], from: number): SpokenNumber | null {
  const word = tokens[from]?.lower ?? '';
  const small = SMALL_NUMBERS[word];
  if (small !== undefined) return withDecimals(tokens, small, from + 1);
  const tens = TENS[word];
  if (tens === undefined) return null;
  const hyphen = tokens[from + 1]?.lower === '-' ? 1 : 0;
  const unit = SMALL_NUMBERS[tokens[from + 1 + hyphen]?.lower ?? ''];
  return unit !== undefined && unit > 0 && unit < 10
    ? withDecimals(tokens, tens + unit, from + 2 + hyphen)
    : withDecimals(tokens, tens, from + 1);
}

function withDecimals(tokens: readonly Token[], whole: number, next: number): SpokenNumber {
  if (tokens[next]?.lower !== 'point') return { value: whole, next, counted: true };
  let digits = '';
  let end = next + 1;
  for (; ; end++) {
    const digit = SMALL_NUMBERS[tokens[end]?.lower ?? ''];
    if (digit === undefined || digit > 9) break;
    digits += String(digit);
  }
  return digits === ''
    ? { value: whole, next, counted: true }
    : { value: Number(`${whole}.${digits}`), next: end, counted: true };
}

/** `two and a half`: only when a multiplier or a unit follows can the caller tell what is halved. */
function withHalf(tokens: readonly Token[], number: SpokenNumber): SpokenNumber {
  const [and, a, half] = tokens.slice(number.next, number.next + 3).map(({ lower }) => lower);
  return and === 'and' && a === 'a' && half === 'half'
    ? { ...number, value: number.value + 0.5, next: number.next + 3 }
    : number;
}

function isMultiplier(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  if (!token || MULTIPLIERS[token.lower] === undefined) return false;
  return !SUFFIXES.has(token.lower) || tokens[index - 1]?.end === token.start;
}

/** `three hundred and fifty thousand`: each multiplier scales what came since the last larger one. */
function withMultipliers(tokens: readonly Token[], number: SpokenNumber): SpokenNumber {
  let total = 0;
  let { value: current, next } = number;
  let counted = number.counted;
  while (isMultiplier(tokens, next)) {
    const factor = MULTIPLIERS[tokens[next]?.lower ?? ''] ?? 1;
    counted = true;
    next += 1;
    current *= factor;
    const and = tokens[next]?.lower === 'and' ? 1 : 0;
    const rest = readBelowHundred(tokens, next + and);
    if (rest && factor === 100) {
      current += rest.value;
      next = rest.next;
    } else if (rest && factor > 100) {
      total += current;
      current = rest.value;
      next = rest.next;
    }
  }
  return { value: total + current, next, counted };
}
