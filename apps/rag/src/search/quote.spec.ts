import type { Corpus } from './bm25';
import { bestQuote, isFormOf } from './quote';

const corpus: Corpus = {
  chunks: 20,
  averageWords: 90,
  frequencies: new Map([
    ['refund', 2],
    ['polici', 3],
    ['plan', 15],
  ]),
};

describe('bestQuote', () => {
  it('is the one with most of what was asked, letter for letter', () => {
    const text = 'Each plan is paid ahead.\nRefunds follow the policy of the plan. A plan ends.';
    expect(bestQuote(text, corpus)).toBe('Refunds follow the policy of the plan.');
  });

  it('takes along the neighbour that holds nearly as much, but not one beyond a line', () => {
    const text = 'Refunds of a plan are small. Refunds of the policy are large.\nNothing here.';
    expect(bestQuote(text, corpus)).toBe('Refunds of the policy are large.');
    const even = 'Refunds follow it. The policy does too.\nA heading on refunds';
    expect(bestQuote(even, corpus)).toBe('Refunds follow it. The policy does too.');
  });

  it('is the first one when none holds a word of the question', () => {
    expect(bestQuote('Nothing here. Nor here.', corpus)).toBe('Nothing here.');
    expect(bestQuote('Nothing here. Nor here.', undefined)).toBe('Nothing here.');
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
