import type { Coverage, Segment } from '@parley/contracts';
import type { Turn } from './latency';
import { scoreTranscript, transcribedShare } from './transcript-score';

const turns: Turn[] = [
  { channel: 'anna', startMs: 0, endMs: 1_000, text: 'Twenty percent, please.' },
  { channel: 'ben', startMs: 1_000, endMs: 2_000, text: 'Of course.' },
];

describe('the score of a transcript', () => {
  it('counts word errors by channel, in the order in which they were spoken', () => {
    const finals = [
      { channel: 'anna', startMs: 500, text: 'bees' },
      { channel: 'anna', startMs: 0, text: '20%' },
    ] as Segment[];
    expect(scoreTranscript(turns, finals)).toEqual([
      { speaker: 'anna', words: 3, errors: 1 },
      { speaker: 'ben', words: 2, errors: 2 },
    ]);
  });

  it('says how much of the spoken time is transcribed', () => {
    const spans = [
      { channel: 'anna', startMs: 0, endMs: 1_500, state: 'transcribed' },
      { channel: 'ben', startMs: 0, endMs: 1_500, state: 'silence' },
      { channel: 'ben', startMs: 1_500, endMs: 2_500, state: 'transcribed' },
    ];
    expect(transcribedShare(turns, { spans } as Coverage)).toBe(0.75);
  });
});
