import type { Corpus } from './bm25';
import { bestQuote, isFormOf } from './quote';

const quoteOf = (text: string, of: Corpus | undefined): string =>
  bestQuote([{ id: 'a', text }], of).quote;

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
    expect(quoteOf(text, corpus)).toBe('Refunds follow the policy of the plan.');
  });

  it('takes along the neighbour that holds nearly as much, but not one beyond a line', () => {
    const text = 'Refunds of a plan are small. Refunds of the policy are large.\nNothing here.';
    expect(quoteOf(text, corpus)).toBe('Refunds of the policy are large.');
    const even = 'Refunds follow it. The policy does too.\nA heading on refunds';
    expect(quoteOf(even, corpus)).toBe('Refunds follow it. The policy does too.');
  });

  it('is rather an answer than a question with as many of the words', () => {
    const text = 'Who knows the refund policy? Every refund follows the policy.';
    expect(quoteOf(text, corpus)).toBe('Every refund follows the policy.');
  });

  it('comes with the id of the text that it stands in', () => {
    const texts: Parameters<typeof bestQuote>[0] = [
      { id: 'a', text: 'A plan is paid ahead.' },
      { id: 'b', text: 'Refunds follow the policy.' },
    ];
    expect(bestQuote(texts, corpus)).toEqual({ id: 'b', quote: 'Refunds follow the policy.' });
    expect(bestQuote(texts, undefined)).toEqual({ id: 'a', quote: 'A plan is paid ahead.' });
  });

  it('stands, of texts that hold as much, on the side where more is said of it', () => {
    const texts: Parameters<typeof bestQuote>[0] = [
      { id: 'a', text: 'They said so.' },
      { id: 'b', text: 'It is so.' },
      { id: 'c', text: 'We do so.' },
    ];
    expect(bestQuote(texts, corpus, 0.5).id).toBe('c');
    expect(bestQuote(texts, corpus, -0.5).id).toBe('a');
    const [first, second, third] = texts;
    const withWords = { id: 'b', text: 'The policy says so.' };
    expect(second && third && bestQuote([first, withWords, third], corpus, 1).id).toBe('b');
  });

  it('is no "Yes." where a text that holds as much says more', () => {
    const texts: Parameters<typeof bestQuote>[0] = [
      { id: 'a', text: 'Yes.' },
      { id: 'b', text: 'They come back when the customer is not content.' },
    ];
    expect(bestQuote(texts, corpus).id).toBe('b');
  });

  it('is the first one when none holds a word of the question', () => {
    expect(quoteOf('Nothing here. Nor here.', corpus)).toBe('Nothing here.');
    expect(quoteOf('Nothing here. Nor here.', undefined)).toBe('Nothing here.');
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
