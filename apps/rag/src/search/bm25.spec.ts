import { bm25, coverage, rarities, type Corpus } from './bm25';

const corpus: Corpus = {
  chunks: 100,
  averageWords: 90,
  frequencies: new Map([
    ['refund', 3],
    ['plan', 60],
    ['spain', 0],
  ]),
};
const score = (held: Record<string, number>, words = 90): number => {
  const counts = [...corpus.frequencies.keys()].map((term) => held[term] ?? 0);
  return bm25(corpus, rarities(corpus), { words, counts });
};

describe('bm25', () => {
  it('counts a rare term for more than a common one', () => {
    expect(score({ refund: 1 })).toBeGreaterThan(score({ plan: 1 }));
  });

  it('counts repetition, but less each time', () => {
    const once = score({ refund: 1 });
    const twice = score({ refund: 2 });
    const thrice = score({ refund: 3 });
    expect(twice).toBeGreaterThan(once);
    expect(thrice - twice).toBeLessThan(twice - once);
  });

  it('prefers the shorter of two chunks that say it equally often', () => {
    expect(score({ refund: 1 }, 30)).toBeGreaterThan(score({ refund: 1 }, 180));
  });

  it('gives the value of the formula', () => {
    // idf = ln(1 + 97.5 / 3.5); average length and one occurrence leave the idf as it is.
    expect(score({ refund: 1 })).toBeCloseTo(Math.log(1 + 97.5 / 3.5), 10);
  });
});

describe('coverage', () => {
  it('is 1 only when everything that was asked for is there', () => {
    expect(coverage(corpus, ['refund', 'plan', 'spain'])).toBe(1);
  });

  it('stays low when the rarest of what was asked for is missing', () => {
    expect(coverage(corpus, ['plan'])).toBeLessThan(0.1);
  });

  it('does not count what nobody asked for', () => {
    expect(coverage(corpus, ['holiday'])).toBe(0);
  });

  it('is 0 for a query without terms', () => {
    expect(coverage({ ...corpus, frequencies: new Map() }, ['refund'])).toBe(0);
  });
});
