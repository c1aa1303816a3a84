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
  for (let half = 1; half < size; half *= 2) {
    for (let offset = 0; offset < half; offset++) {
      const cosine = Math.cos((Math.PI * offset) / half);
      const sine = -Math.sin((Math.PI * offset) / half);
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
