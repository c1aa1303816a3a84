import { estimatedWords } from './estimated-words';
import { quietestMoment } from './quietest-moment';
import { filterRule } from './text-rules';

describe('filterRule', () => {
  it.each(['', '...', ' - ?'])('takes out %j, in which there is no word', (text) => {
    expect(filterRule(text)).toBe('no-words');
  });

  it('takes out what a decoder in a loop says', () => {
    expect(filterRule('the end the end the end the end the end')).toBe('repeated-text');
  });

  it.each([
    'No.',
    'No, no, no, no!',
    'We ship on Friday, and we ship on Monday, and that is that.',
  ])('keeps %j', (text) => {
    expect(filterRule(text)).toBeNull();
  });
});

describe('estimatedWords', () => {
  it('spreads the words over the speech, without holes, and says that it guessed', () => {
    const words = estimatedWords('a longer word', 1_000, 2_000);
    expect(words.map(({ text }) => text)).toEqual(['a', 'longer', 'word']);
    expect(words[0]?.startMs).toBe(1_000);
    expect(words[1]?.startMs).toBe(words[0]?.endMs);
    expect(words[2]?.endMs).toBe(2_000);
    expect(words.every(({ estimated }) => estimated)).toBe(true);
  });
});

describe('quietestMoment', () => {
  it('finds the dip between two words', () => {
    const samples = new Float32Array(16_000).fill(0.5);
    samples.fill(0.05, 9_600, 11_200);
    expect(quietestMoment(samples)).toBeGreaterThanOrEqual(600);
    expect(quietestMoment(samples)).toBeLessThanOrEqual(700);
  });
});
