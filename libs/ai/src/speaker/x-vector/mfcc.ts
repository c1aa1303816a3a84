import { loudness } from '@parley/audio';
import { fft } from './fft';

/* Kaldi's MFCC with the model's own mfcc.conf: 8 kHz, 23 coefficients, mel bins from 20 to 3700 Hz. */
export const MFCC_RATE = 8_000;
export const MFCC_SIZE = 23;
export const FRAME_STEP = 80;
const FRAME_LENGTH = 200;
const FFT_SIZE = 256;
const LOW_HERTZ = 20;
const HIGH_HERTZ = 3_700;
const PRE_EMPHASIS = 0.97;
const LIFTER = 22;
/** Kaldi counts samples as 16-bit integers. */
const FULL_SCALE = 32_768;
const SMALLEST = 1.1920928955078125e-7;

const WINDOW = Float64Array.from({ length: FRAME_LENGTH }, (_, at) => {
  return (0.5 - 0.5 * Math.cos((2 * Math.PI * at) / (FRAME_LENGTH - 1))) ** 0.85;
});
const MEL_FILTERS = melFilters();
const COSINES = Array.from({ length: MFCC_SIZE }, (_, row) => {
  const scale = Math.sqrt((row === 0 ? 1 : 2) / MFCC_SIZE);
  const lift = 1 + (LIFTER / 2) * Math.sin((Math.PI * row) / LIFTER);
  return Float64Array.from({ length: MFCC_SIZE }, (__, bin) => {
    return scale * lift * Math.cos((Math.PI * row * (bin + 0.5)) / MFCC_SIZE);
  });
});

/**
 * The coefficients of each frame of 25 ms, every 10 ms, one after the other; the first of a frame is the logarithm of
 * its energy.
 * @param samples 8 kHz mono, -1 to 1
 */
export function mfcc(samples: Float32Array): Float32Array {
  const frames = Math.max(0, Math.floor((samples.length - FRAME_LENGTH) / FRAME_STEP) + 1);
  const features = new Float32Array(frames * MFCC_SIZE);
  for (let frame = 0; frame < frames; frame++) {
    const from = frame * FRAME_STEP;
    const row = features.subarray(frame * MFCC_SIZE, (frame + 1) * MFCC_SIZE);
    frameFeatures(samples.subarray(from, from + FRAME_LENGTH), row);
  }
  return features;
}

function frameFeatures(frame: Float32Array, into: Float32Array): void {
  const mean = frame.reduce((sum, sample) => sum + sample, 0) / frame.length;
  const centred = frame.map((sample) => (sample - mean) * FULL_SCALE);
  const energy = Math.log(Math.max(SMALLEST, loudness(centred) ** 2 * centred.length));
  const logMel = logMelOf(powerSpectrum(centred));
  for (const [row, cosines] of COSINES.entries()) {
    let sum = 0;
    for (const [bin, cosine] of cosines.entries()) sum += cosine * (logMel[bin] ?? 0);
    into[row] = row === 0 ? energy : sum;
  }
}

function powerSpectrum(frame: Float32Array): Float64Array {
  const real = new Float64Array(FFT_SIZE);
  const imaginary = new Float64Array(FFT_SIZE);
  for (let at = 0; at < FRAME_LENGTH; at++) {
    const sample = (frame[at] ?? 0) - PRE_EMPHASIS * (frame[Math.max(0, at - 1)] ?? 0);
    real[at] = sample * (WINDOW[at] ?? 0);
  }
  fft(real, imaginary);
  return Float64Array.from({ length: FFT_SIZE / 2 }, (_, bin) => {
    return (real[bin] ?? 0) ** 2 + (imaginary[bin] ?? 0) ** 2;
  });
}

function logMelOf(power: Float64Array): number[] {
  return MEL_FILTERS.map(({ from, weights }) => {
    let sum = 0;
    for (const [at, weight] of weights.entries()) sum += weight * (power[from + at] ?? 0);
    return Math.log(Math.max(SMALLEST, sum));
  });
}

/** Triangles of equal width on the mel scale, as what they weigh and from which bin of the spectrum on. */
function melFilters(): { from: number; weights: Float64Array }[] {
  const mel = (hertz: number): number => 1_127 * Math.log(1 + hertz / 700);
  const low = mel(LOW_HERTZ);
  const width = (mel(HIGH_HERTZ) - low) / (MFCC_SIZE + 1);
  return Array.from({ length: MFCC_SIZE }, (_, filter) => {
    const weights = Array.from({ length: FFT_SIZE / 2 }, (__, bin) => {
      const place = (mel((bin * MFCC_RATE) / FFT_SIZE) - low) / width - filter;
      return Math.max(0, Math.min(place, 2 - place));
    });
    const from = weights.findIndex((weight) => weight > 0);
    return { from, weights: Float64Array.from(weights.slice(from).filter((one) => one > 0)) };
  });
}

const MEAN_WINDOW_FRAMES = 300;

/** Takes from each coefficient its mean over the three seconds around: what a line or a room adds goes with it. */
export function centre(features: Float32Array): Float32Array {
  const frames = features.length / MFCC_SIZE;
  const sums = new Float64Array((frames + 1) * MFCC_SIZE);
  for (let at = 0; at < features.length; at++) {
    sums[at + MFCC_SIZE] = (sums[at] ?? 0) + (features[at] ?? 0);
  }
  return features.map((value, at) => {
    const frame = Math.floor(at / MFCC_SIZE);
    // Near the edges the window moves inward rather than shrink.
    const wanted = Math.max(0, frame - MEAN_WINDOW_FRAMES / 2);
    const from = Math.max(0, Math.min(wanted, frames - MEAN_WINDOW_FRAMES));
    const to = Math.min(frames, from + MEAN_WINDOW_FRAMES);
    const column = at % MFCC_SIZE;
    const sum = (sums[to * MFCC_SIZE + column] ?? 0) - (sums[from * MFCC_SIZE + column] ?? 0);
    return value - sum / (to - from);
  });
}
