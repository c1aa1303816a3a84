import type { Candidate, Corpus } from './bm25';
import { MAX_CANDIDATES, wantedTerms } from './keyword-candidates';
import { rankByKeywords } from './keyword-ranking';

const corpus: Corpus = {
  chunks: 50,
  averageWords: 90,
  frequencies: new Map([
    ['refund', 2],
    ['plan', 20],
  ]),
};
const chunk = (id: string, ordinal: number, terms: Record<string, number>): Candidate => ({
  id,
  documentId: id.startsWith('other') ? 'other' : 'document',
  ordinal,
  words: 90,
  terms,
});

describe('rankByKeywords', () => {
  it('puts the chunk with the rarer term first', () => {
    const ranked = rankByKeywords(corpus, [
      chunk('common', 0, { plan: 1 }),
      chunk('rare', 5, { refund: 1 }),
    ]);
    expect(ranked.map((hit) => hit.id)).toEqual(['rare', 'common']);
  });

  it('lifts a chunk that stands beside a good one, in the same document only', () => {
    const ranked = rankByKeywords(corpus, [
      chunk('other-1', 1, { plan: 1 }),
      chunk('beside', 1, { plan: 1 }),
      chunk('good', 0, { refund: 1, plan: 1 }),
    ]);
    expect(ranked.map((hit) => hit.id)).toEqual(['good', 'beside', 'other-1']);
  });
});

describe('wantedTerms', () => {
  it('takes every term that stands somewhere while that brings few chunks', () => {
    const frequencies = new Map([...corpus.frequencies, ['nowhere', 0] as const]);
    expect(wantedTerms({ ...corpus, frequencies })).toEqual(['refund', 'plan']);
  });

  it('leaves out the common ones that would bring too many', () => {
    const frequencies = new Map([
      ['plan', MAX_CANDIDATES],
      ['refund', 2],
    ]);
    expect(wantedTerms({ ...corpus, frequencies })).toEqual(['refund']);
  });

  it('takes the rarest one however common it is', () => {
    const frequencies = new Map([['plan', MAX_CANDIDATES * 2]]);
    expect(wantedTerms({ ...corpus, frequencies })).toEqual(['plan']);
  });
});
