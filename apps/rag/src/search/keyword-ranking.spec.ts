import type { Candidate, Corpus } from './bm25';
import { MAX_CANDIDATES, wantedTerms } from './keyword-candidates';
import { KeywordScores } from './keyword-ranking';

const corpus: Corpus = {
  chunks: 50,
  averageWords: 90,
  frequencies: new Map([
    ['refund', 2],
    ['plan', 20],
  ]),
};
const chunk = (sourceId: string, ordinal: number, held: Record<string, number>): Candidate => ({
  id: `${sourceId}-${ordinal}`,
  sourceId,
  ordinal,
  words: 90,
  counts: [...corpus.frequencies.keys()].map((term) => held[term] ?? 0),
});

describe('KeywordScores', () => {
  const scores = new KeywordScores(corpus, [
    chunk('meeting', 3, { plan: 1 }),
    chunk('meeting', 2, { refund: 1 }),
    chunk('other', 4, { plan: 1 }),
  ]);

  it('gives more for the rarer term', () => {
    const [rare, common] = [2, 3].map((ordinal) => scores.own({ sourceId: 'meeting', ordinal }));
    expect(rare).toBeGreaterThan(common ?? 0);
  });

  it('gives a chunk without a word of the query nothing of its own, but what stands around it', () => {
    const place = { sourceId: 'meeting', ordinal: 5 };
    expect(scores.own(place)).toBe(0);
    expect(scores.around(place)).toBe(scores.around({ sourceId: 'meeting', ordinal: 0 }));
    expect(scores.around(place)).toBeGreaterThan(0);
  });

  it('leans to where the words are', () => {
    expect(scores.lean({ sourceId: 'meeting', ordinal: 1 })).toBeGreaterThan(0);
    expect(scores.lean({ sourceId: 'meeting', ordinal: 4 })).toBeLessThan(0);
    expect(scores.lean({ sourceId: 'meeting', ordinal: 9 })).toBe(0);
    expect(scores.lean({ sourceId: 'third', ordinal: 2 })).toBe(0);
  });

  it('looks no further than five chunks, and never into another source', () => {
    expect(scores.around({ sourceId: 'meeting', ordinal: 9 })).toBe(0);
    expect(scores.around({ sourceId: 'third', ordinal: 3 })).toBe(0);
  });
});

describe('wantedTerms', () => {
  it('takes every term that stands somewhere while that brings few chunks', () => {
    const frequencies = new Map([...corpus.frequencies, ['nowhere', 0] as const]);
    expect(wantedTerms({ ...corpus, frequencies })).toEqual({ any: ['refund', 'plan'] });
  });

  it('leaves out the common ones that would bring too many', () => {
    const frequencies = new Map([
      ['plan', MAX_CANDIDATES],
      ['refund', 2],
    ]);
    expect(wantedTerms({ ...corpus, frequencies })).toEqual({ any: ['refund'] });
  });

  it('takes the rarest one however common it is', () => {
    const frequencies = new Map([['plan', MAX_CANDIDATES * 2]]);
    expect(wantedTerms({ ...corpus, frequencies })).toEqual({ any: ['plan'], beside: [] });
  });
});
