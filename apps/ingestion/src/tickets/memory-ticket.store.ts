import { ProblemError } from '@parley/contracts';
import type { TicketGrant } from '@parley/service';
import type { TicketStore } from './ticket.store';

const MOST_TICKETS = 10_000;

/** Tickets of the only replica there is. */
export class MemoryTicketStore<Grant extends object = TicketGrant> implements TicketStore<Grant> {
  /** Oldest first, since all live equally long. */
  private readonly tickets = new Map<string, { grant: Grant; endsAtMs: number }>();

  /** @param now milliseconds, any origin. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  async put(hash: string, grant: Grant, lifeMs: number): Promise<void> {
    for (const [old, { endsAtMs }] of this.tickets) {
      if (endsAtMs > this.now()) break;
      this.tickets.delete(old);
    }
    if (this.tickets.size >= MOST_TICKETS) {
      throw new ProblemError('unavailable', 'Too many tickets wait to be used.');
    }
    this.tickets.set(hash, { grant, endsAtMs: this.now() + lifeMs });
  }

  async take(hash: string): Promise<Grant | null> {
    const found = this.tickets.get(hash);
    this.tickets.delete(hash);
    return found && found.endsAtMs > this.now() ? found.grant : null;
  }

  async close(): Promise<void> {
    this.tickets.clear();
  }
}
