import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Call, Policy } from '../policy';
import type { RetryBudget } from '../retry-budget/retry-budget';
import { backoffMs, type BackoffOptions } from './backoff';

export interface RetryOptions extends BackoffOptions {
  /** Attempts in all, the first included. */
  maxAttempts: number;
  /** What an error says about another attempt: null for none, else how long the other side asks to wait, 0 if it does not. */
  retryAfterMs: (error: unknown) => number | null;
  /** Who is asked to wait longer gives up instead. Unit: milliseconds. */
  longestWaitMs: number;
  /** Shared with others that call the same: a retry for which it has nothing in time is not made. */
  budget?: RetryBudget;
}

/**
 * Tries again what its error says is worth it, after a jittered exponential wait or as long as the other side asks.
 * Emits `retry` with the number of the attempt that follows.
 */
export class Retry extends EventEmitter<{ retry: [attempt: number] }> implements Policy {
  constructor(private readonly options: RetryOptions) {
    super();
  }

  /** @throws the last error of `call`, unchanged; `AbortError` when the signal fires while waiting. */
  async execute<T>(call: Call<T>, signal: AbortSignal): Promise<T> {
    this.options.budget?.called();
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted();
      try {
        return await call(signal);
      } catch (error) {
        const waitMs = this.waitAfter(error, attempt);
        if (waitMs === null || signal.aborted) throw error;
        this.emit('retry', attempt + 1);
        await sleep(waitMs, undefined, { signal });
      }
    }
  }

  private waitAfter(error: unknown, attempt: number): number | null {
    const askedMs = this.options.retryAfterMs(error);
    if (askedMs === null || attempt >= this.options.maxAttempts) return null;
    const { longestWaitMs, budget } = this.options;
    const waitMs = Math.max(askedMs, backoffMs(attempt, this.options));
    if (waitMs > longestWaitMs) return null;
    return budget ? budget.book(waitMs, longestWaitMs - waitMs) : waitMs;
  }
}
