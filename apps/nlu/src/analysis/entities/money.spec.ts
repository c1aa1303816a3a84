import { tokenise } from '../text/token';
import { findMoney } from './money';

const moneyIn = (text: string): [string, string | undefined][] =>
  findMoney(text, tokenise(text)).map((money) => {
    expect(text.slice(money.start, money.end)).toBe(money.text);
    return [money.text, money.value];
  });

describe('money', () => {
  it.each([
    ['five thousand dollars', '5000 USD'],
    ['$4.5k', '4500 USD'],
    ['€1,200.50', '1200.5 EUR'],
    ['20 euros', '20 EUR'],
    ['two and a half million euros', '2500000 EUR'],
    ['half a million dollars', '500000 USD'],
    ['a hundred and fifty pounds', '150 GBP'],
    ['twenty-five bucks', '25 USD'],
    ['three thousand five hundred dollars', '3500 USD'],
    ['one point five million dollars', '1500000 USD'],
    ['100 Swiss francs', '100 CHF'],
    ['40 Canadian dollars', '40 CAD'],
    ['£3m', '3000000 GBP'],
  ])('%s is %s', (text, value) => {
    expect(moneyIn(`it costs ${text} a year`)).toEqual([[text, value]]);
  });

  it('is found as often as it is named', () => {
    expect(moneyIn('from $10 to $20').map(([, value]) => value)).toEqual(['10 USD', '20 USD']);
  });

  it.each(['twenty people', 'five percent', 'pounds', '3.5'])('is not heard in: %s', (text) => {
    expect(moneyIn(text)).toEqual([]);
  });
});
