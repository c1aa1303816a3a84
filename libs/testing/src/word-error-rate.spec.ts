import { spokenWords } from './spoken-words';
import { wordErrorRate, wordErrors } from './word-error-rate';

describe('the words of a text', () => {
  it.each([
    ['Let’s go, OK?', 'let us go okay'],
    ['a discount of twenty-five percent', 'a discount of 25%'],
    ['forty nine dollars per month', '$49 per month'],
    ['Thursday at three p m', 'Thursday at 3:00 p.m.'],
    ['one hundred and two', '100 and two'],
    ['two thousand five hundred', '2,500'],
    ["I'm sure we can't, that's all", 'I am sure we cannot, that is all'],
    ['three five', '3 5'],
  ])('hears «%s» and «%s» alike', (first, second) => {
    expect(spokenWords(first)).toEqual(spokenWords(second));
  });

  it('keeps numbers apart that were said apart', () => {
    expect(spokenWords('twenty thirty five zero')).toEqual(['20', '35', '0']);
  });

  it('tells different numbers from each other', () => {
    expect(spokenWords('fifteen percent')).not.toEqual(spokenWords('50%'));
  });
});

describe('the word error rate', () => {
  it('is 0 for the same words in another spelling', () => {
    expect(wordErrorRate('Within twenty days.', 'within 20 days')).toBe(0);
  });

  it('counts wrong, missing and added words', () => {
    expect(wordErrors('the quick brown fox jumps', 'the quick brown socks jumps')).toEqual({
      substitutions: 1,
      deletions: 0,
      insertions: 0,
      words: 5,
      rate: 0.2,
    });
    expect(wordErrors('we launch on tuesday', 'we launch tuesday')).toMatchObject({ deletions: 1 });
    expect(wordErrors('we launch', 'and so we launch')).toMatchObject({ insertions: 2, rate: 1 });
  });

  it('is 1 when nothing was heard, and when something was heard in silence', () => {
    expect(wordErrorRate('good morning', '')).toBe(1);
    expect(wordErrorRate('', 'thank you')).toBe(1);
    expect(wordErrorRate('', '')).toBe(0);
  });
});
