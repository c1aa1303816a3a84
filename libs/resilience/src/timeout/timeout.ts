import type { Call, Policy } from '../policy';
import { TimedOutError } from './timed-out.error';

export interface TimeoutOptions {
  /** Unit: milliseconds. */
  limitMs: number;
  /** How long a call may take to obey its signal before it is left behind. Unit: milliseconds. Default: 1000. */
  graceMs?: number;
}

/** Ends a call that takes too long: around one attempt it is its timeout, around all of them the budget. */
export class Timeout implements Policy {
  constructor(private readonly options: TimeoutOptions) {}

  /** @throws TimedOutError for a call that did not obey; one that does may throw what it likes. */
  async execute<T>(call: Call<T>, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    const { limitMs, graceMs = 1_000 } = this.options;
    const limit = new AbortController();
    const ending = setTimeout(() => {
      limit.abort(new TimedOutError(limitMs));
    }, limitMs);
    let leaving: NodeJS.Timeout | undefined;
    const leftBehind = new Promise<never>((_, reject) => {
      leaving = setTimeout(() => {
        reject(new TimedOutError(limitMs));
      }, limitMs + graceMs);
    });
    try {
      return await Promise.race([call(AbortSignal.any([signal, limit.signal])), leftBehind]);
    } finally {
      clearTimeout(ending);
      clearTimeout(leaving);
    }
  }
}
