import { logEvent } from '@parley/observability';
import type { OutboxRepository } from './outbox.repository';

/** What has reached the bus within this time is marked in one statement. */
const COLLECT_MS = 20;
const RETRY_MS = 1_000;

/** Collects what was published and marks it, a little later, in one statement. */
export class PublishedMarks {
  /** By position, which data of the bus took the event. */
  private readonly waiting = new Map<string, string | null>();
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(private readonly outbox: OutboxRepository) {}

  /** Whether `position` was published and only its mark is not there yet. */
  has(position: string): boolean {
    return this.waiting.has(position);
  }

  /** @param dataId of the bus, as it was known before the event was published */
  add(position: string, dataId: string | null): void {
    this.waiting.set(position, dataId);
    this.later(COLLECT_MS);
  }

  /** Marks what there is, now. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const waiting = [...this.waiting];
    for (const dataId of new Set(waiting.map(([, takenBy]) => takenBy))) {
      const positions = waiting.filter(([, takenBy]) => takenBy === dataId).map(([one]) => one);
      await this.outbox.markPublished(positions, dataId);
      for (const position of positions) this.waiting.delete(position);
    }
  }

  /** Marks what there is, for the last time: what is not marked is sent again. */
  async close(): Promise<void> {
    this.closed = true;
    await this.flush();
  }

  private later(waitMs: number): void {
    if (this.closed) return;
    this.timer ??= setTimeout(() => {
      this.flush().catch((error: unknown) => {
        logEvent('outbox.not-marked', { err: error });
        this.later(RETRY_MS);
      });
    }, waitMs);
  }
}
