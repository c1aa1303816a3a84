import { DecodeError } from './decode-failure';
import { LONGEST_DECODE_MS } from './limits';

/** Counts the time in which somebody waits for a decode, and gives up one that takes too long in all. */
export class DecodeClock {
  /** What the decode goes by: it also ends when whoever asked wants no more. */
  readonly signal: AbortSignal;
  private readonly tooSlow = new AbortController();
  private leftMs = LONGEST_DECODE_MS;

  constructor(asked: AbortSignal | undefined) {
    const { signal } = this.tooSlow;
    this.signal = asked ? AbortSignal.any([asked, signal]) : signal;
  }

  /** @throws DecodeError `too-slow`, as long as the work goes by the signal */
  async time<T>(work: Promise<T>): Promise<T> {
    const startedAt = performance.now();
    const timer = setTimeout(() => {
      this.tooSlow.abort(new DecodeError('too-slow'));
    }, this.leftMs);
    try {
      return await work;
    } finally {
      clearTimeout(timer);
      this.leftMs -= performance.now() - startedAt;
    }
  }
}
