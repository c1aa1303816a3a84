import { ParleyProblem } from '../problems/parley-problem';
import { retryDelayMs } from '../timeline/pause';
import { LineLostError } from '../sockets/line-lost.error';

/** Another sender is given so long to leave the channel. */
const BUSY_MS = 30_000;
/** What was sent is not allowed, or too large: it would be refused again. */
const REFUSED_CODES = new Set([1008, 1009]);

/** What a sender waits out, and how long; what no waiting heals it throws. */
export class Patience {
  private failures = 0;
  private busySince: number | undefined;

  /** Audio got through: the next failure is the first. */
  progressed(): void {
    this.failures = 0;
    this.busySince = undefined;
  }

  /**
   * How long to wait before the next connection.
   * @throws `error` itself when another one would fare no better.
   */
  delayMs(error: unknown, now = Date.now()): number {
    if (!this.canHeal(error, now)) throw error;
    const asked = error instanceof ParleyProblem ? error.retryAfterSeconds : undefined;
    return retryDelayMs(this.failures++, asked);
  }

  private canHeal(error: unknown, now: number): boolean {
    if (error instanceof LineLostError) return !REFUSED_CODES.has(error.code ?? 0);
    if (!(error instanceof ParleyProblem)) return true;
    if (error.code !== 'channel-busy') return error.isTemporary;
    this.busySince ??= now;
    return now - this.busySince < BUSY_MS;
  }
}
