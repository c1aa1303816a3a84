import { WEAK_HIT_SCORE } from '@parley/contracts';
import { relevance } from './relevance';

describe('relevance', () => {
  it('is 1 when all words are there and the meaning is the same', () => {
    expect(relevance({ coverage: 1, cosine: 0.9 })).toBeCloseTo(1, 10);
  });

  it('is weak when only a common word is shared', () => {
    expect(relevance({ coverage: 0.2, cosine: 0.35 })).toBeLessThan(WEAK_HIT_SCORE);
  });

  it('is weak when only the meaning is near: local vectors are not proof enough', () => {
    expect(relevance({ coverage: 0, cosine: 0.8 })).toBeLessThan(WEAK_HIT_SCORE);
  });

  it('goes by the words alone when there is no vector, and by the vector without words', () => {
    expect(relevance({ coverage: 0.6 })).toBe(0.6);
    expect(relevance({ cosine: 0.8 })).toBeCloseTo(1, 10);
    expect(relevance({ cosine: 0.2 })).toBe(0);
  });
});
