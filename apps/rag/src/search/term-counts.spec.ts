import { asQuery, countOfRank } from './term-counts';

describe('countOfRank', () => {
  it('finds the count behind a rank of single precision', () => {
    let rank = 0;
    for (let count = 1; count <= 255; count++) {
      rank += 1 / count ** 2 / 1.64493406685;
      expect(countOfRank(Math.fround(rank))).toBe(count);
    }
  });

  it('is 0 for a term that is not there', () => {
    expect(countOfRank(0)).toBe(0);
  });
});

describe('asQuery', () => {
  it('is one lexeme whatever it holds', () => {
    expect(asQuery(`it's \\ & more`)).toBe(`'it''s \\\\ & more'`);
  });
});
