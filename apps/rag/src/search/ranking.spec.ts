import { rank, type Evidence } from './ranking';

const found = (
  id: string,
  sourceId: string,
  ordinal: number,
  more: Partial<Evidence>,
): Evidence => ({
  id,
  sourceId,
  ordinal,
  own: 0,
  around: 0,
  ...more,
});
const order = (evidence: Evidence[], limit = 10): string[] =>
  rank(evidence, limit).map((each) => each.evidence.id);

describe('rank', () => {
  it('adds up what a chunk holds, what stands around it, and what it means', () => {
    const [best] = rank([found('a', 'm', 0, { own: 5, around: 10, cosine: 0.5 })], 1);
    expect(best?.keyword).toBeCloseTo(8, 10);
    expect(best?.fused).toBeCloseTo(12, 10);
  });

  it('lets meaning decide between chunks whose words are alike', () => {
    const words = { own: 6, around: 6 };
    expect(
      order([
        found('far', 'm', 0, { ...words, cosine: 0.1 }),
        found('near', 'n', 0, { ...words, cosine: 0.6 }),
      ]),
    ).toEqual(['near', 'far']);
  });

  it('lists another place before the neighbour of the best, unless that is much better', () => {
    const evidence = [
      found('best', 'm', 10, { own: 10 }),
      found('beside', 'm', 12, { own: 9 }),
      found('elsewhere', 'm', 20, { own: 7 }),
      found('another', 'n', 11, { own: 6.5 }),
    ];
    expect(order(evidence)).toEqual(['best', 'elsewhere', 'another', 'beside']);
    const better = evidence.map((each) => (each.id === 'beside' ? { ...each, own: 9.99 } : each));
    const weak = better.map((each) =>
      each.ordinal === 20 || each.id === 'another' ? { ...each, own: 3 } : each,
    );
    expect(order(weak)[1]).toBe('beside');
  });

  it('falls from item to item, and says whose place was lowered', () => {
    const ranked = rank(
      [
        found('a', 'm', 0, { own: 9 }),
        found('b', 'm', 1, { own: 9 }),
        found('c', 'm', 2, { own: 8 }),
      ],
      10,
    );
    const scores = ranked.map(({ fused }) => fused);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(ranked.map(({ repeated }) => repeated)).toEqual([false, true, true]);
  });

  it('takes a vector that is not made yet for one like the others', () => {
    const words = { own: 6 };
    expect(
      order([
        found('low', 'a', 0, { ...words, cosine: 0.2 }),
        found('unknown', 'b', 0, words),
        found('high', 'c', 0, { ...words, cosine: 0.6 }),
      ]),
    ).toEqual(['high', 'unknown', 'low']);
  });

  it('gives no more than asked for', () => {
    expect(order([found('a', 'm', 0, { own: 2 }), found('b', 'n', 0, { own: 1 })], 1)).toEqual([
      'a',
    ]);
  });
});
