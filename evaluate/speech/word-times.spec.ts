import { figuresOf, spreadWords, wordTimeErrors } from './word-times';

const word = (text: string, startMs: number, endMs: number) => ({ text, startMs, endMs });

describe('how far the times of words are off', () => {
  it('is told of the words that were heard right, each beside its own', () => {
    const said = [
      word('We', 0, 100),
      word('move', 100, 400),
      word('the', 400, 500),
      word('date', 600, 900),
    ];
    const heard = [
      word('we', 20, 130),
      word('drove', 130, 380),
      word('the', 380, 520),
      word('date.', 700, 890),
    ];
    expect(wordTimeErrors(said, heard)).toEqual({ starts: [20, 20, 100], ends: [30, 20, 10] });
  });

  it('is nothing where nothing was heard', () => {
    expect(wordTimeErrors([word('We', 0, 100)], [])).toEqual({ starts: [], ends: [] });
  });

  it('is summed up by its median, its worst cases, and how much of it is close', () => {
    expect(figuresOf([10, 20, 100, 300])).toMatchObject({ close: 0.75 });
    expect(figuresOf([])).toEqual({ p50: null, p95: null, close: 0 });
  });

  it('is measured beside words that are spread by their letters', () => {
    expect(spreadWords([word('a word', 0, 700)])).toEqual([
      word('a', 0, 200),
      word('word', 200, 700),
    ]);
  });
});
