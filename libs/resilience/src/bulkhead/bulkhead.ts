import type { Call, Policy } from '../policy';
import { BulkheadFullError } from './bulkhead-full.error';

export interface BulkheadOptions {
  /** Calls at a time. */
  places: number;
  /** Callers that may wait for a place. Default: 0. */
  queue?: number;
}

/** Bounds how many calls are under way, so that one slow side cannot hold everything up. First come, first served. */
export class Bulkhead implements Policy {
  private taken = 0;
  private readonly waiting = new Set<() => void>();

  constructor(private readonly options: BulkheadOptions) {}

  /** Nobody is in it, or waits to be. */
  get isIdle(): boolean {
    return this.taken === 0 && this.waiting.size === 0;
  }

  /** @throws BulkheadFullError without calling; the signal's reason when it fires while waiting. */
  async execute<T>(call: Call<T>, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    if (this.taken < this.options.places) this.taken += 1;
    else await this.wait(signal);
    try {
      return await call(signal);
    } finally {
      this.leave();
    }
  }

  private wait(signal: AbortSignal): Promise<void> {
    if (this.waiting.size >= (this.options.queue ?? 0)) throw new BulkheadFullError();
    return new Promise((resolve, reject) => {
      const enter = (): void => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = (): void => {
        this.waiting.delete(enter);
        // What an abort's reason is, is the caller's to say.
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this.waiting.add(enter);
    });
  }

  /** The place goes to whoever waits longest. */
  private leave(): void {
    const [next] = this.waiting;
    if (!next) {
      this.taken -= 1;
      return;
    }
    this.waiting.delete(next);
    next();
  }
}
