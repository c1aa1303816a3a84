/** Zero crossings of the sinc on each side: 16 keeps speech clean and stays cheap. */
const CROSSINGS = 16;
/** Part of the band that is kept; the rest is the filter's slope. */
const PASS = 0.94;

/**
 * Changes the sample rate of a stream, chunk by chunk: windowed sinc, one precomputed filter for each
 * phase between the two rates. The output is aligned with the input (no delay).
 */
export class Resampler {
  private readonly up: number;
  private readonly down: number;
  private readonly half: number;
  private readonly filters: Float32Array[];
  /** Input not needed any more is dropped; `origin` is the index of `held[0]` in the whole input. */
  private held: Float32Array;
  private origin: number;
  private produced = 0;
  private received = 0;

  constructor(fromRate: number, toRate: number) {
    const divisor = greatestCommonDivisor(fromRate, toRate);
    this.up = toRate / divisor;
    this.down = fromRate / divisor;
    const cutoff = Math.min(1, toRate / fromRate) * PASS;
    this.half = Math.ceil(CROSSINGS / cutoff);
    this.filters = Array.from({ length: this.up }, (_, phase) => this.filter(phase, cutoff));
    this.held = new Float32Array(this.half);
    this.origin = -this.half;
  }

  /** The samples that are certain once `input` has come. */
  push(input: Float32Array): Float32Array {
    if (this.up === this.down) return input;
    this.received += input.length;
    this.append(input);
    const available = this.origin + this.held.length - this.half - 1;
    return this.produce(Math.floor((available * this.up) / this.down) + 1);
  }

  /** The rest, as if silence followed. */
  flush(): Float32Array {
    if (this.up === this.down) return new Float32Array();
    this.append(new Float32Array(this.half + 1));
    return this.produce(Math.ceil((this.received * this.up) / this.down));
  }

  private append(input: Float32Array): void {
    const joined = new Float32Array(this.held.length + input.length);
    joined.set(this.held);
    joined.set(input, this.held.length);
    this.held = joined;
  }

  private produce(until: number): Float32Array {
    const { up, down, half, held, filters } = this;
    const output = new Float32Array(Math.max(0, until - this.produced));
    for (let index = 0; index < output.length; index++) {
      const position = (this.produced + index) * down;
      const filter = filters[position % up] ?? held;
      const first = Math.floor(position / up) - half - this.origin + 1;
      let sum = 0;
      for (let tap = 0; tap < 2 * half; tap++) {
        sum += (filter[tap] ?? 0) * (held[first + tap] ?? 0);
      }
      output[index] = sum;
    }
    this.produced += output.length;
    const needed = Math.floor((this.produced * this.down) / this.up) - this.half;
    const spent = Math.min(Math.max(0, needed - this.origin), this.held.length);
    this.held = this.held.slice(spent);
    this.origin += spent;
    return output;
  }

  private filter(phase: number, cutoff: number): Float32Array {
    const taps = new Float32Array(2 * this.half);
    let sum = 0;
    for (let tap = 0; tap < taps.length; tap++) {
      const distance = tap - this.half + 1 - phase / this.up;
      const value = sinc(distance * cutoff) * window(distance / this.half);
      taps[tap] = value;
      sum += value;
    }
    return taps.map((value) => value / sum);
  }
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** Blackman, over -1 to 1. */
function window(x: number): number {
  if (Math.abs(x) >= 1) return 0;
  return 0.42 + 0.5 * Math.cos(Math.PI * x) + 0.08 * Math.cos(2 * Math.PI * x);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** Resamples a whole signal. */
export function resample(samples: Float32Array, fromRate: number, toRate: number): Float32Array {
  const resampler = new Resampler(fromRate, toRate);
  const [start, rest] = [resampler.push(samples), resampler.flush()];
  const all = new Float32Array(start.length + rest.length);
  all.set(start);
  all.set(rest, start.length);
  return all;
}
