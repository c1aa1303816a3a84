import { splitSentences } from './sentences';

describe('splitSentences', () => {
  it('ends sentences at full stops, question marks and exclamation marks', () => {
    expect(splitSentences('It works. Does it? Yes!')).toEqual(['It works.', 'Does it?', 'Yes!']);
  });

  it('does not end a sentence after a title or inside a number', () => {
    expect(splitSentences('Dr. Smith pays 3.5 percent. Mrs. Jones pays none.')).toEqual([
      'Dr. Smith pays 3.5 percent.',
      'Mrs. Jones pays none.',
    ]);
  });

  it('keeps what has no full stop, and makes nothing out of nothing', () => {
    expect(splitSentences('an item without a stop')).toEqual(['an item without a stop']);
    expect(splitSentences('  ')).toEqual([]);
  });
});
