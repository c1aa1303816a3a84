import { samplesToPcm } from '@parley/audio';
import { overlapping, overlapScore } from './overlapping';

const tone = (seconds: number): Float32Array =>
  Float32Array.from({ length: seconds * 16_000 }, (_, at) => Math.sin(at / 10) / 4);

describe('people who fall into each other’s words', () => {
  it('speak alone, and every third time into the last turn', () => {
    const turns = ['ann', 'ben', 'ann', 'ben'].map((who, at) => {
      return { who, startMs: at * 4_000, endMs: at * 4_000 + 3_500 };
    });
    const { overlaps, pcm } = overlapping({ name: 'two', pcm: samplesToPcm(tone(16)), turns });
    expect(overlaps).toHaveLength(7);
    for (const { startMs, endMs } of overlaps) {
      expect(endMs - startMs).toBeGreaterThanOrEqual(700);
      expect(endMs - startMs).toBeLessThanOrEqual(2_501);
    }
    expect(pcm.length / 32).toBeGreaterThan(60_000);
  });

  it('are counted by marks and by time', () => {
    const overlaps = [
      { startMs: 1_000, endMs: 2_000 },
      { startMs: 5_000, endMs: 6_000 },
    ];
    const marks = [
      { startMs: 1_500, endMs: 2_500 },
      { startMs: 8_000, endMs: 8_200 },
    ];
    expect(overlapScore({ name: 'x', pcm: Buffer.alloc(0), overlaps }, marks)).toEqual({
      recording: 'x',
      overlaps: 2,
      found: 1,
      marks: 2,
      right: 1,
      overlapMs: 2_000,
      foundMs: 500,
      markedMs: 1_200,
    });
  });
});
