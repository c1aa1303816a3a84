import { centre, mfcc, MFCC_RATE, MFCC_SIZE } from './mfcc';

const tone = (hertz: number, seconds: number): Float32Array =>
  Float32Array.from({ length: seconds * MFCC_RATE }, (_, at) => {
    return 0.3 * Math.sin((2 * Math.PI * hertz * at) / MFCC_RATE);
  });

describe('MFCC', () => {
  it('has a row of 23 for every 10 ms of which 25 ms are there', () => {
    expect(mfcc(tone(440, 1))).toHaveLength(98 * MFCC_SIZE);
    expect(mfcc(new Float32Array(100))).toHaveLength(0);
  });

  it('begins each row with the logarithm of the frame’s energy, counted in 16-bit samples', () => {
    const [energy = 0] = mfcc(tone(400, 1));
    expect(energy).toBeCloseTo(Math.log(200 * (0.3 * 32_768) ** 2 * 0.5), 1);
  });

  it('tells a low tone from a high one, and hardly changes with loudness', () => {
    const low = mfcc(tone(200, 0.1)).subarray(1, MFCC_SIZE);
    const high = mfcc(tone(3_000, 0.1)).subarray(1, MFCC_SIZE);
    const soft = mfcc(tone(200, 0.1).map((sample) => sample / 4)).subarray(1, MFCC_SIZE);
    expect(distance(low, high)).toBeGreaterThan(20);
    expect(distance(low, soft)).toBeLessThan(1);
  });

  it('is without what does not change, once it is centred', () => {
    const centred = centre(mfcc(tone(400, 5)));
    expect(Math.max(...centred.map(Math.abs))).toBeLessThan(0.5);
  });
});

function distance(a: Float32Array, b: Float32Array): number {
  return Math.sqrt(a.reduce((sum, value, at) => sum + (value - (b[at] ?? 0)) ** 2, 0));
}
