import { SAMPLES_PER_MS } from '@parley/audio';
import { wordsOf } from './estimated-words';

/** Sound from one millisecond to another, in an utterance of two seconds that begins at 10 s. */
function utterance(...sounds: [fromMs: number, toMs: number][]): Float32Array {
  const samples = new Float32Array(2_000 * SAMPLES_PER_MS);
  for (const [fromMs, toMs] of sounds) {
    for (let at = fromMs * SAMPLES_PER_MS; at < toMs * SAMPLES_PER_MS; at++) {
      samples[at] = 0.3 * Math.sin(at / 5);
    }
  }
  return samples;
}

const bounds = { startMs: 10_000, endMs: 12_000, speechStartMs: 10_320, speechEndMs: 11_680 };
const times = (text: string, samples: Float32Array) =>
  wordsOf({ text }, bounds, samples).map((word) => [word.text, word.startMs, word.endMs]);

describe('the times of words that no engine measured', () => {
  it('lie where there is sound, and not in the pauses', () => {
    const samples = utterance([320, 800], [1_200, 1_680]);
    expect(times('Good morning. All of you', samples)).toEqual([
      ['Good', 10_320, 10_500],
      ['morning.', 10_500, 10_800],
      ['All', 11_200, 11_371],
      ['of', 11_371, 11_509],
      ['you', 11_509, 11_680],
    ]);
  });

  it('say that they are estimated', () => {
    const [word] = wordsOf({ text: 'yes' }, bounds, utterance([320, 1_680]));
    expect(word).toMatchObject({ text: 'yes', estimated: true });
  });

  it('stay within the speech in which the detector heard it, however loud it is around', () => {
    const found = times('one two', utterance([0, 2_000]));
    expect(found[0]?.[1]).toBe(10_256);
    expect(found[1]?.[2]).toBe(11_744);
  });

  it('are spread over the speech where nothing stands out in it', () => {
    expect(times('one two', utterance())).toEqual([
      ['one', 10_320, 11_000],
      ['two', 11_000, 11_680],
    ]);
  });

  it('are those that the engine measured, if it did', () => {
    const words = [{ text: 'one', startMs: 300, endMs: 500, confidence: 0.9 }];
    expect(wordsOf({ text: 'one', words }, bounds, utterance())).toEqual([
      { text: 'one', startMs: 10_300, endMs: 10_500, confidence: 0.9 },
    ]);
  });
});
