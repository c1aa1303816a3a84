import { heardWords } from './heard-words';
import { inSmallLetters } from './small-letters';

describe('words by the times of their tokens', () => {
  const tokens = [' HE', 'LLO', ' WORLD'];

  it('begin with their first token, and end with the next word or soon after their last', () => {
    const result = { text: '', tokens, timestamps: [0.5, 0.7, 2] };
    expect(heardWords(result, 'hello world', 2_200)).toEqual([
      { text: 'hello', startMs: 500, endMs: 1_100 },
      { text: 'world', startMs: 2_000, endMs: 2_200 },
    ]);
  });

  it('end when the model says so', () => {
    const result = { text: '', tokens, timestamps: [0.5, 0.7, 1], durations: [0.08, 0.16, 0.24] };
    expect(heardWords(result, 'Hello world', 5_000)?.map(({ endMs }) => endMs)).toEqual([
      860, 1_240,
    ]);
  });

  it.each([
    ['no times', { text: '', tokens, timestamps: [] }],
    ['other tokens', { text: '', tokens: [' AN', 'OTHER'], timestamps: [0, 1] }],
    ['fewer tokens', { text: '', tokens: [' HE', 'LLO'], timestamps: [0, 1] }],
  ])('are not made up of %s', (_what, result) => {
    expect(heardWords(result, 'hello world', 5_000)).toBeUndefined();
  });
});

it('writes capitals small when there is nothing else, and leaves a name alone', () => {
  expect(inSmallLetters('AND SO MY FELLOW')).toBe('and so my fellow');
  expect(inSmallLetters('NASA')).toBe('NASA');
  expect(inSmallLetters('So says NASA')).toBe('So says NASA');
  expect(inSmallLetters('42 17')).toBe('42 17');
});
