/** Cosine and sine of each angle that a transform of one size turns by; a frame of speech has hundreds, and all have the same. */
const ANGLES = new Map<number, { cosines: Float64Array; sines: Float64Array }>();

/** The Fourier transform of what has `real` and `imaginary` parts, in place; its length is a power of two (Cooley and Tukey). */
export function fft(real: Float64Array, imaginary: Float64Array): void {
  const size = real.length;
  const swap = (values: Float64Array, a: number, b: number): void => {
    [values[a], values[b]] = [values[b] ?? 0, values[a] ?? 0];
  };
  for (let at = 1, mirrored = 0; at < size; at++) {
    let bit = size >> 1;
    for (; mirrored & bit; bit >>= 1) mirrored ^= bit;
    mirrored ^= bit;
    if (at >= mirrored) continue;
    swap(real, at, mirrored);
    swap(imaginary, at, mirrored);
  }
  const { cosines, sines } = anglesOf(size);
  for (let half = 1; half < size; half *= 2) {
    for (let offset = 0; offset < half; offset++) {
      const angle = (offset * size) / (2 * half);
      const [cosine, sine] = [cosines[angle] ?? 1, sines[angle] ?? 0];
      for (let a = offset; a < size; a += 2 * half) {
        const b = a + half;
        const [re, im] = [real[b] ?? 0, imaginary[b] ?? 0];
        const turnedRe = re * cosine - im * sine;
        const turnedIm = re * sine + im * cosine;
        real[b] = (real[a] ?? 0) - turnedRe;
        imaginary[b] = (imaginary[a] ?? 0) - turnedIm;
        real[a] = (real[a] ?? 0) + turnedRe;
        imaginary[a] = (imaginary[a] ?? 0) + turnedIm;
      }
    }
  }
}

function anglesOf(size: number): { cosines: Float64Array; sines: Float64Array } {
  const known = ANGLES.get(size);
  if (known) return known;
  const angle = (at: number): number => (-2 * Math.PI * at) / size;
  const angles = {
    cosines: Float64Array.from({ length: size / 2 }, (_, at) => Math.cos(angle(at))),
    sines: Float64Array.from({ length: size / 2 }, (_, at) => Math.sin(angle(at))),
  };
  ANGLES.set(size, angles);
  return angles;
}
