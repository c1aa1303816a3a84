import { tokenise } from '../text/token';
import { findNumbers } from './numbers';

const numbersIn = (text: string): [string, string | undefined][] =>
  findNumbers(text, tokenise(text)).map((number) => {
    expect(text.slice(number.start, number.end)).toBe(number.text);
    return [number.text, number.value];
  });

describe('numbers', () => {
  it.each([
    ['forty two', '42'],
    ['twenty-five', '25'],
    ['one hundred and twenty three', '123'],
    ['two and a half million', '2500000'],
    ['1,200', '1200'],
    ['three point one four', '3.14'],
    ['twenty percent', '20 %'],
    ['99.9%', '99.9 %'],
    ['five per cent', '5 %'],
    ['a dozen', '12'],
  ])('%s is %s', (text, value) => {
    expect(numbersIn(`we saw ${text} in the report`)).toEqual([[text, value]]);
  });

  it('are found as often as they are said', () => {
    expect(numbersIn('ten of the fifteen').map(([, value]) => value)).toEqual(['10', '15']);
  });

  it('one is a number where it is counted', () => {
    expect(numbersIn('there is only one left')).toEqual([['one', '1']]);
  });

  it.each(['this one is fine', 'no one said so', 'a report', 'the second quarter'])(
    'are not heard in: %s',
    (text) => {
      expect(numbersIn(text)).toEqual([]);
    },
  );
});
