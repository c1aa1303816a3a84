import type { Corpus } from './bm25';
import { bestSentence, isFormOf } from './quote';

const corpus: Corpus = {
  chunks: 20,
  averageWords: 90,
  frequencies: new Map([
    ['refund', 2],
    ['polici', 3],
    ['plan', 15],
  ]),
};

describe('bestSentence', () => {
  it('is the one with most of what was asked, letter for letter', () => {
    const text = 'Each plan is paid ahead.\nRefunds follow the policy of the plan. A plan ends.';
    expect(bestSentence(text, corpus)).toBe('Refunds follow the policy of the plan.');
  });

  it('is the first one when none holds a word of the question', () => {
    expect(bestSentence('Nothing here. Nor here.', corpus)).toBe('Nothing here.');
    expect(bestSentence('Nothing here. Nor here.', undefined)).toBe('Nothing here.');
  });
});

describe('isFormOf', () => {
  it.each([
    ['policy', 'polici', true],
    ['policies', 'polici', true],
    ['running', 'run', true],
    ['approved', 'approv', true],
    ['it', 'item', false],
    ['carpentering', 'car', false],
  ])('tells whether "%s" may have the stem "%s": %s', (word, lexeme, expected) => {
    expect(isFormOf(word, lexeme)).toBe(expected);
  });
});
