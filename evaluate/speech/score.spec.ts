import {
  errorRate,
  errorRateInterval,
  nameScore,
  phantomWords,
  spokenTime,
  wordScore,
} from './score';

const recording = (said: string | null) => ({
  name: 'one',
  pcm: Buffer.alloc(0),
  said,
  speech: null,
});
const heard = (...texts: string[]) =>
  texts.map((text, at) => ({ startMs: at * 1_000, endMs: at * 1_000 + 1_000, text }));
const score = (words: number, substitutions: number) => ({
  words,
  substitutions,
  deletions: 0,
  insertions: 0,
});

describe('how well something was heard', () => {
  it('counts word errors over all segments together', () => {
    expect(wordScore(recording('we launch on tuesday'), heard('We lunch', 'on Tuesday.'))).toEqual({
      words: 4,
      substitutions: 1,
      deletions: 0,
      insertions: 0,
    });
    expect(wordScore(recording(null), heard('whatever'))).toBeNull();
  });

  it('weighs recordings by their words', () => {
    expect(errorRate([score(10, 5), score(90, 0)])).toBe(0.05);
  });

  it('has an interval around the rate, the same each time, and none for a single recording', () => {
    const scores = [score(100, 2), score(100, 8), score(100, 5), score(100, 5)];
    const interval = errorRateInterval(scores);
    expect(interval).toEqual(errorRateInterval(scores));
    const [low = 1, high = 0] = interval ?? [];
    expect(low).toBeLessThan(0.05);
    expect(low).toBeGreaterThanOrEqual(0.02);
    expect(high).toBeGreaterThan(0.05);
    expect(high).toBeLessThanOrEqual(0.08);
    expect(errorRateInterval([score(10, 1)])).toBeNull();
  });

  it('knows how much of the speech lies in segments', () => {
    const speech = [
      { startMs: 500, endMs: 1_500 },
      { startMs: 3_000, endMs: 4_000 },
    ];
    expect(spokenTime(speech, heard('one'))).toEqual({ spokenMs: 2_000, heardMs: 500 });
  });

  it('knows which names are spelled as they are, and which were never said', () => {
    const vocabulary = ['Okta', 'Acme Corp', 'Redis'];
    const said = 'Okta and Acme Corp, then Okta.';
    expect(nameScore(said, heard('Okta, and Acme Corp', 'then octa on Redis'), vocabulary)).toEqual(
      { said: 3, spelled: 2, invented: 1 },
    );
  });

  it('counts every word where there are none', () => {
    expect(phantomWords(heard('Thank you.', 'Bye.'))).toBe(3);
    expect(phantomWords([])).toBe(0);
  });
});
