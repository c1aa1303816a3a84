import { FrameSlicer } from './frame-slicer';
import { loudness, mixDown, pcmToSamples, samplesToPcm } from './pcm';
import { resample, Resampler } from './resampler';

function tone(hertz: number, sampleRate: number, seconds: number): Float32Array {
  return Float32Array.from({ length: sampleRate * seconds }, (_, index) =>
    Math.sin((2 * Math.PI * hertz * index) / sampleRate),
  );
}

describe('PCM', () => {
  it('survives the way to samples and back', () => {
    const pcm = Buffer.from(Int16Array.from([0, 1, -1, 32_767, -32_768, 1_234]).buffer);
    expect(samplesToPcm(pcmToSamples(pcm))).toEqual(pcm);
  });

  it('clips what is too loud and makes silence of what is no number', () => {
    const pcm = samplesToPcm(Float32Array.from([2, -2, NaN]));
    expect([0, 2, 4].map((at) => pcm.readInt16LE(at))).toEqual([32_767, -32_768, 0]);
  });

  it('reads samples that begin at an odd address', () => {
    const shifted = Buffer.from([9, 0, 64]).subarray(1);
    expect(pcmToSamples(shifted)[0]).toBe(0.5);
  });

  it('mixes channels to their mean', () => {
    const mixed = mixDown([Float32Array.from([1, 0]), Float32Array.from([0, 0.5])]);
    expect([...mixed]).toEqual([0.5, 0.25]);
  });
});

describe('Resampler', () => {
  it.each([8_000, 22_050, 44_100, 48_000])('keeps a tone when it comes from %i Hz', (from) => {
    const expected = tone(440, 16_000, 1);
    const got = resample(tone(440, from, 1), from, 16_000);
    expect(Math.abs(got.length - expected.length)).toBeLessThanOrEqual(1);
    const error = got.map((value, index) => value - (expected[index] ?? value));
    // The edges have silence beside them.
    expect(loudness(error.subarray(200, 15_800))).toBeLessThan(0.005);
  });

  it('takes out what 16 kHz cannot carry', () => {
    const got = resample(tone(12_000, 48_000, 1), 48_000, 16_000);
    expect(loudness(got.subarray(200, -200))).toBeLessThan(0.01);
  });

  it('gives the same whether the audio comes whole or in uneven pieces', () => {
    const input = tone(300, 44_100, 0.5);
    const whole = resample(input, 44_100, 16_000);
    const resampler = new Resampler(44_100, 16_000);
    const pieces: number[] = [];
    for (let at = 0, size = 1; at < input.length; at += size, size = (size * 7) % 1_009) {
      pieces.push(...resampler.push(input.subarray(at, at + size)));
    }
    pieces.push(...resampler.flush());
    expect(pieces).toHaveLength(whole.length);
    expect(pieces.every((value, index) => Math.abs(value - (whole[index] ?? 9)) < 1e-6)).toBe(true);
  });
});

describe('FrameSlicer', () => {
  it('cuts frames of one size and keeps the rest for the next', () => {
    const slicer = new FrameSlicer(4);
    expect(slicer.push(Float32Array.from([1, 2, 3]))).toEqual([]);
    const frames = slicer.push(Float32Array.from([4, 5, 6, 7, 8, 9]));
    expect(frames.map((frame) => [...frame])).toEqual([
      [1, 2, 3, 4],
      [5, 6, 7, 8],
    ]);
    expect([...slicer.flush()]).toEqual([9]);
    expect(slicer.waitingSamples).toBe(0);
  });
});
