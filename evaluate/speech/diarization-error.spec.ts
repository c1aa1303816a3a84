import { bestPairing, diarizationError, diarizationErrorRate } from './diarization-error';
import { speakerWordErrorRate } from './speaker-words';

const turn = (who: string, startMs: number, endMs: number) => ({ who, startMs, endMs });

describe('the diarization error', () => {
  const said = [turn('ann', 0, 1_000), turn('ben', 1_000, 3_000)];

  it('is nothing when all is right, whatever the speakers are called', () => {
    const heard = [turn('1', 0, 1_000), turn('2', 1_000, 3_000)];
    expect(diarizationErrorRate([diarizationError(said, heard, 0)])).toBe(0);
  });

  it('counts what was missed, what nobody said, and what was somebody else’s', () => {
    const heard = [turn('1', 0, 500), turn('2', 1_000, 2_000), turn('1', 2_000, 3_300)];
    expect(diarizationError(said, heard, 0)).toEqual({
      spokenMs: 3_000,
      missedMs: 500,
      falseMs: 300,
      confusedMs: 1_000,
    });
  });

  it('takes nobody known for wrong, and overlapping speech for each who speaks', () => {
    const unknown = [{ who: null, startMs: 0, endMs: 1_000 }];
    expect(diarizationError([turn('ann', 0, 1_000)], unknown, 0)).toMatchObject({
      confusedMs: 1_000,
    });
    const both = [turn('ann', 0, 1_000), turn('ben', 0, 1_000)];
    expect(diarizationError(both, [turn('1', 0, 1_000)], 0)).toMatchObject({
      spokenMs: 2_000,
      missedMs: 1_000,
      confusedMs: 0,
    });
  });

  it('leaves out what is within the collar', () => {
    const heard = [turn('1', 0, 1_200), turn('2', 1_200, 3_000)];
    expect(diarizationErrorRate([diarizationError(said, heard, 0)])).toBeGreaterThan(0.05);
    expect(diarizationErrorRate([diarizationError(said, heard, 250)])).toBe(0);
  });

  it('pairs rows and columns so that they add up to the most', () => {
    expect(
      bestPairing([
        [5, 4],
        [5, 0],
      ]),
    ).toBe(9);
    expect(bestPairing([])).toBe(0);
  });
});

describe('the word error rate by speakers', () => {
  const said = [
    { who: 'ann', text: 'good morning everybody' },
    { who: 'ben', text: 'hello' },
  ];

  it('is nothing when everybody said what they said', () => {
    const heard = [
      { who: '7', text: 'Hello.' },
      { who: '3', text: 'Good morning,' },
      { who: '3', text: 'everybody.' },
    ];
    expect(speakerWordErrorRate(said, heard)).toBe(0);
  });

  it('counts a word of somebody else’s twice', () => {
    const heard = [
      { who: '3', text: 'good morning' },
      { who: '7', text: 'everybody hello' },
    ];
    expect(speakerWordErrorRate(said, heard)).toBe(0.5);
  });
});
