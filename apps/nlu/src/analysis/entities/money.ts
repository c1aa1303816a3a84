import type { Entity } from '@parley/contracts';
import { readNumber } from '../text/spoken-number';
import type { Token } from '../text/token';

const SIGNS: Readonly<Record<string, string>> = {
  $: 'USD',
  '€': 'EUR',
  '£': 'GBP',
  '¥': 'JPY',
  '₹': 'INR',
};
const UNITS: Readonly<Record<string, string>> = {
  dollar: 'USD',
  dollars: 'USD',
  buck: 'USD',
  bucks: 'USD',
  usd: 'USD',
  euro: 'EUR',
  euros: 'EUR',
  eur: 'EUR',
  pound: 'GBP',
  pounds: 'GBP',
  quid: 'GBP',
  gbp: 'GBP',
  franc: 'CHF',
  francs: 'CHF',
  chf: 'CHF',
  yen: 'JPY',
  jpy: 'JPY',
  rupee: 'INR',
  rupees: 'INR',
  inr: 'INR',
};
const NATIONAL_DOLLARS: Readonly<Record<string, string>> = {
  us: 'USD',
  american: 'USD',
  canadian: 'CAD',
  australian: 'AUD',
  swiss: 'CHF',
};

/** Amounts of money with a currency: `$4.5k`, `20 euros`, `five thousand dollars`. */
export function findMoney(text: string, tokens: readonly Token[]): Entity[] {
  const found: Entity[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const money = readMoney(tokens, index);
    if (!money) continue;
    const start = tokens[index]?.start ?? 0;
    const end = tokens[money.next - 1]?.end ?? start;
    const value = `${Number(money.amount.toFixed(2))} ${money.currency}`;
    found.push({
      type: 'money',
      text: text.slice(start, end),
      start,
      end,
      value,
      confidence: 0.95,
    });
    index = money.next - 1;
  }
  return found;
}

function readMoney(
  tokens: readonly Token[],
  index: number,
): { amount: number; currency: string; next: number } | null {
  const sign = SIGNS[tokens[index]?.lower ?? ''];
  const number = readNumber(tokens, sign ? index + 1 : index);
  if (!number) return null;
  if (sign)
    return {
      amount: number.value,
      currency: unitAt(tokens, number.next)?.currency ?? sign,
      next: number.next,
    };
  const unit = unitAt(tokens, number.next);
  return unit && { amount: number.value, ...unit };
}

function unitAt(
  tokens: readonly Token[],
  index: number,
): { currency: string; next: number } | null {
  const word = tokens[index]?.lower ?? '';
  const national = NATIONAL_DOLLARS[word];
  const noun = UNITS[tokens[index + 1]?.lower ?? ''];
  if (national && noun) return { currency: national, next: index + 2 };
  const currency = UNITS[word] ?? SIGNS[word];
  return currency ? { currency, next: index + 1 } : null;
}
