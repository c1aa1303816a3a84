import type { OnModuleDestroy } from '@nestjs/common';
import { logEvent } from '@parley/observability';
import type { IdempotencyStore, Mark } from './store/idempotency.store';

/** A mark outlives what its request may take by this. */
export const MARK_MARGIN_MS = 5_000;
/** How often the marks of requests that take longer are looked after. */
const LOOK_EVERY_MS = 1_000;

interface Running {
  slot: string;
  mark: Mark;
  endsAtMs: number;
  /** Nobody is believed to work for ever. */
  givenUpAtMs: number;
}

/**
 * Keeps the marks of requests that still run here, however long they take: after our 504, or when the client has
 * gone, the handler may still be at work, and its key must not be free before it is done. A mark that nobody
 * prolongs, because the process died, ends by itself.
 */
export class InFlightMarks implements OnModuleDestroy {
  private readonly running = new Set<Running>();
  private timer: NodeJS.Timeout | undefined;

  /** @param longestMs after which a handler that never ends is given up. */
  constructor(
    private readonly store: IdempotencyStore,
    private readonly longestMs: number,
  ) {}

  /** Looks after a mark that ends in `lifeMs`, until the function that it returns is called. */
  watch(slot: string, mark: Mark, lifeMs: number): () => void {
    const now = performance.now();
    const one = { slot, mark, endsAtMs: now + lifeMs, givenUpAtMs: now + this.longestMs };
    this.running.add(one);
    this.timer ??= setInterval(() => {
      this.look();
    }, LOOK_EVERY_MS).unref();
    return () => {
      this.running.delete(one);
      if (this.running.size === 0) this.stop();
    };
  }

  onModuleDestroy(): void {
    this.stop();
  }

  private look(): void {
    const now = performance.now();
    for (const one of this.running) {
      if (one.endsAtMs - now > MARK_MARGIN_MS / 2 || now > one.givenUpAtMs) continue;
      one.endsAtMs = now + MARK_MARGIN_MS;
      this.store.hold(one.slot, one.mark, MARK_MARGIN_MS).catch((error: unknown) => {
        logEvent('idempotency.not-held', { err: error });
      });
    }
  }

  private stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
