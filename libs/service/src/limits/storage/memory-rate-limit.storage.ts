import { Injectable } from '@nestjs/common';
import type { ThrottlerStorage } from '@nestjs/throttler';
import { FifoMap } from '@parley/contracts';
import { advance, hit, type HitRecord, type SlidingWindow } from './sliding-window';

/** More callers than this at once and the one who came longest ago starts anew. About 8 MB. */
const MOST_KEYS = 50_000;
/** Old keys looked at per new one: more than one, so that they go faster than they come. */
const SWEEP = 2;

export interface MemoryRateLimitOptions {
  mostKeys?: number;
  /** Milliseconds, any origin. Default: performance.now. */
  now?: () => number;
}

/** Counts in this process: one small record per caller, a hit costs the same however many there were. */
@Injectable()
export class MemoryRateLimitStorage implements ThrottlerStorage {
  /** In the order in which their windows began: the oldest are in front. */
  private readonly windows = new FifoMap<SlidingWindow>();
  private readonly mostKeys: number;
  private readonly now: () => number;

  constructor(options: MemoryRateLimitOptions = {}) {
    this.mostKeys = options.mostKeys ?? MOST_KEYS;
    this.now = options.now ?? (() => performance.now());
  }

  /** How many callers are remembered. */
  get size(): number {
    return this.windows.size;
  }

  /** @param ttl length of the window, in milliseconds. A caller over the limit is not blocked any longer. */
  increment(key: string, ttl: number, limit: number): Promise<HitRecord> {
    const nowMs = Math.floor(this.now());
    return Promise.resolve(hit(this.windowOf(key, nowMs, ttl), nowMs, ttl, limit));
  }

  private windowOf(key: string, nowMs: number, lengthMs: number): SlidingWindow {
    const known = this.windows.get(key);
    if (known && nowMs - known.startMs < lengthMs) return known;
    const window = known ?? { startMs: nowMs, hits: 0, hitsBefore: 0 };
    if (known) advance(known, nowMs, lengthMs);
    else this.makeRoom(nowMs, lengthMs);
    this.windows.set(key, window);
    return window;
  }

  /** Nobody scans: each new key drops at most two that no longer matter, in front. */
  private makeRoom(nowMs: number, lengthMs: number): void {
    for (let looked = 0; looked < SWEEP; looked += 1) {
      const oldest = this.windows.oldest();
      if (!oldest) return;
      const faded = nowMs - oldest.value.startMs >= 2 * lengthMs;
      if (!faded && this.windows.size < this.mostKeys) return;
      this.windows.delete(oldest.key);
    }
  }
}
