import { plainBm25 } from './plain-bm25';
import { gainOver, mean, scoreRanking, type RetrievalScore } from './retrieval-score';

describe('scoreRanking', () => {
  it('counts the first hit with evidence, and every one of the first ten', () => {
    const score = scoreRanking(0, [false, true, false, true], 2);
    expect(score).toMatchObject({ at5: 1, at10: 1, reciprocalRank: 0.5 });
    const [second, fourth] = [1 / Math.log2(3), 1 / Math.log2(5)];
    expect(score.ndcg).toBeCloseTo((second + fourth) / (1 + second), 10);
  });

  it('tells the first five from the first ten', () => {
    const sixth = Array.from({ length: 6 }, (_, at) => at === 5);
    expect(scoreRanking(0, sixth, 1)).toMatchObject({ at5: 0, at10: 1 });
  });

  it('gives nothing where nothing is found', () => {
    const nothing = { at5: 0, at10: 0, reciprocalRank: 0, ndcg: 0 };
    expect(scoreRanking(0, [false], 1)).toMatchObject(nothing);
    expect(scoreRanking(0, [], 0)).toMatchObject(nothing);
  });
});

describe('gainOver', () => {
  const of = (...values: number[]): RetrievalScore[] =>
    values.map((at5, meeting) => ({ meeting, at5, at10: 0, reciprocalRank: 0, ndcg: 0 }));

  it('is the ratio of the means, less one, with an interval around it', () => {
    const [ours, theirs] = [of(1, 1, 0, 1), of(1, 0, 0, 1)];
    expect(mean(ours, 'at5')).toBe(0.75);
    const { relative, from, to } = gainOver(ours, theirs, 'at5');
    expect(relative).toBeCloseTo(0.5, 10);
    expect(from).toBeLessThanOrEqual(relative);
    expect(to).toBeGreaterThan(relative);
  });

  it('is none, for sure, for a ranking against itself', () => {
    const same = of(1, 0, 1);
    expect(gainOver(same, same, 'at5')).toEqual({ relative: 0, from: 0, to: 0 });
  });
});

describe('plainBm25', () => {
  it('ranks by rarity, repetition and length', () => {
    const rank = plainBm25([
      'the plan',
      'the refund of the plan',
      'the refund',
      'The REFUND, the refund',
    ]);
    expect(rank('refund')[0]).toBe(3);
    expect(rank('refund').slice(1, 3)).toEqual([2, 1]);
  });
});
