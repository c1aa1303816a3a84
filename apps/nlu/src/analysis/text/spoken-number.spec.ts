import { readNumber } from './spoken-number';
import { tokenise } from './token';

describe('spoken numbers', () => {
  it.each([
    ['seven', 7],
    ['twenty-five', 25],
    ['ninety nine', 99],
    ['a hundred and five', 105],
    ['three thousand five hundred', 3_500],
    ['two hundred and fifty thousand', 250_000],
    ['one million two hundred thousand', 1_200_000],
    ['two and a half million', 2_500_000],
    ['half a million', 500_000],
    ['four point two five', 4.25],
    ['1,200.50', 1_200.5],
    ['20k', 20_000],
    ['a dozen', 12],
  ])('%s is %d', (text, value) => {
    const tokens = tokenise(text);
    expect(readNumber(tokens, 0)).toEqual({ value, next: tokens.length, counted: true });
  });

  it('end before a letter that only stands beside them', () => {
    expect(readNumber(tokenise('5 k means five'), 0)).toMatchObject({ value: 5, next: 1 });
  });

  it('are not seen in other words', () => {
    expect(readNumber(tokenise('hundreds of seats'), 0)).toBeNull();
  });
});
