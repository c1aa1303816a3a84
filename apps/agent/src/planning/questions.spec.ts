import { informationQuestion } from './questions';

describe('a question that one could look up', () => {
  it.each([
    ['What is the refund window?', 'What is the refund window?'],
    ['The tests look good. What is the refund window?', 'What is the refund window?'],
    [
      'One more thing, does anybody know how many people use the importer?',
      'does anybody know how many people use the importer?',
    ],
    [
      'I have another question, how long do we keep customer data?',
      'how long do we keep customer data?',
    ],
    ['Daniel, when is the next release?', 'when is the next release?'],
    ['I wonder who approves large discounts.', 'I wonder who approves large discounts.'],
  ])('is found in "%s"', (text, question) => {
    expect(informationQuestion(text)).toBe(question);
  });

  it.each([
    'How was your weekend?',
    'Does that work for everybody?',
    'Right?',
    'We should ask why it happened.',
    'The refund window is thirty days.',
  ])('is not read into "%s"', (text) => {
    expect(informationQuestion(text)).toBeNull();
  });

  it('needs no question mark where the text was understood as a question', () => {
    const text = 'Which manager approves a large discount.';
    expect(informationQuestion(text, true)).toBe(text);
    expect(informationQuestion(text, false)).toBeNull();
    expect(informationQuestion('It is not sure. We will see.', true)).toBeNull();
  });
});
