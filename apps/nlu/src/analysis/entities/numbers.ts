import type { Entity } from '@parley/contracts';
import { readNumber } from '../text/spoken-number';
import type { Token } from '../text/token';

/** Before "one" these leave no doubt that it is counted. */
const COUNTING = new Set(['only', 'exactly', 'number', 'than', 'least', 'most', 'just', 'version']);

/** Counts and shares, as digits: `forty two people` is 42, `twenty percent` is `20 %`. */
export function findNumbers(text: string, tokens: readonly Token[]): Entity[] {
  const found: Entity[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const number = readNumber(tokens, index);
    if (!number) continue;
    const percentEnd = afterPercent(tokens, number.next);
    const next = percentEnd ?? number.next;
    const lone = next === index + 1 && tokens[index]?.lower === 'one';
    if (number.counted && !(lone && !COUNTING.has(tokens[index - 1]?.lower ?? ''))) {
      const start = tokens[index]?.start ?? 0;
      const end = tokens[next - 1]?.end ?? start;
      // Binary fractions would show: 0.1 + 0.2.
      const digits = String(Number(number.value.toPrecision(12)));
      found.push({
        type: 'number',
        text: text.slice(start, end),
        start,
        end,
        value: percentEnd === null ? digits : `${digits} %`,
        confidence: 0.95,
      });
    }
    index = next - 1;
  }
  return found;
}

function afterPercent(tokens: readonly Token[], index: number): number | null {
  const word = tokens[index]?.lower;
  if (word === 'percent' || word === '%') return index + 1;
  return word === 'per' && tokens[index + 1]?.lower === 'cent' ? index + 2 : null;
}
