import { logEvent } from '@parley/observability';
import type Redis from 'ioredis';

/** How long memory serves after a failed command, before one more is tried. */
const PAUSE_MS = 1_000;

export interface RedisOrMemoryOptions {
  /** What is served, for the log lines: `rate-limits`. */
  what: string;
  /** Told at each change; true while memory serves in place of a Redis that is away. */
  onFallback: (fallback: boolean) => void;
  /** Milliseconds, any origin. Default: performance.now. */
  now?: () => number;
}

/**
 * Works on Redis while it answers, and in this process's memory while it does not.
 * Follows the connection's own events, so that it is right also when nobody asks. A Redis that is connected
 * but does not answer costs one caller per second its command timeout, not every caller.
 */
export class RedisOrMemory {
  private readonly now: () => number;
  private pausedUntil = Number.NEGATIVE_INFINITY;
  private fallback = false;

  constructor(
    readonly redis: Redis,
    private readonly options: RedisOrMemoryOptions,
  ) {
    this.now = options.now ?? (() => performance.now());
    redis.on('ready', () => {
      this.pausedUntil = Number.NEGATIVE_INFINITY;
      this.change(false);
    });
    redis.on('close', () => {
      // `quit` at the end of the service is no outage.
      if (redis.status !== 'end') this.change(true);
    });
  }

  /** Whether Redis would be asked now. */
  get shared(): boolean {
    return this.redis.status === 'ready' && this.now() >= this.pausedUntil;
  }

  /** `shared` on Redis; when it is away or fails, `own` in memory. */
  async run<T>(shared: (redis: Redis) => Promise<T>, own: () => T | Promise<T>): Promise<T> {
    // No word about it here: the connection's close, or the command that failed, has said so.
    if (!this.shared) return own();
    if (this.fallback) this.pausedUntil = this.now() + PAUSE_MS;
    try {
      const result = await shared(this.redis);
      this.pausedUntil = Number.NEGATIVE_INFINITY;
      this.change(false);
      return result;
    } catch (error) {
      this.pausedUntil = this.now() + PAUSE_MS;
      this.change(true, error);
      return own();
    }
  }

  private change(fallback: boolean, error?: unknown): void {
    if (this.fallback === fallback) return;
    this.fallback = fallback;
    this.options.onFallback(fallback);
    const { what } = this.options;
    if (fallback) logEvent('redis.fallback', { name: what, err: error });
    else logEvent('redis.shared-again', { name: what });
  }
}
