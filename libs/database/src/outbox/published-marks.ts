import { Logger } from '@nestjs/common';
import type { OutboxRepository } from './outbox.repository';

/** What has reached the bus within this time is marked in one statement. */
const COLLECT_MS = 20;
const RETRY_MS = 1_000;

/** Collects what was published and marks it, a little later, in one statement. */
export class PublishedMarks {
  private readonly logger = new Logger('outbox');
  private readonly waiting = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(private readonly outbox: OutboxRepository) {}

  /** Whether `position` was published and only its mark is not there yet. */
  has(position: string): boolean {
    return this.waiting.has(position);
  }

  add(position: string): void {
    this.waiting.add(position);
    this.later(COLLECT_MS);
  }

  /** Marks what there is, now. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const positions = [...this.waiting];
    if (positions.length === 0) return;
    await this.outbox.markPublished(positions);
    for (const position of positions) this.waiting.delete(position);
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
        this.logger.warn({ err: error }, 'published events could not be marked; trying again');
        this.later(RETRY_MS);
      });
    }, waitMs);
  }
}
