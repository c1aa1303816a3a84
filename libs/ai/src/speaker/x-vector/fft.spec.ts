import { fft } from './fft';

describe('the Fourier transform', () => {
  it('is the sum over all samples, turned by their place', () => {
    const size = 16;
    const samples = Float64Array.from({ length: size }, (_, at) => Math.sin(at * at) + (at % 3));
    const real = samples.slice();
    const imaginary = new Float64Array(size);
    fft(real, imaginary);
    for (let bin = 0; bin < size; bin++) {
      const angle = (at: number): number => (-2 * Math.PI * bin * at) / size;
      const sum = (of: (at: number) => number): number =>
        samples.reduce((total, sample, at) => total + sample * of(at), 0);
      expect(real[bin]).toBeCloseTo(
        sum((at) => Math.cos(angle(at))),
        9,
      );
      expect(imaginary[bin]).toBeCloseTo(
        sum((at) => Math.sin(angle(at))),
        9,
      );
    }
  });
});
