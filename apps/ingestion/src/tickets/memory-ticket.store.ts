import { ProblemError } from '@parley/contracts';
import type { TicketGrant } from '@parley/service';
import type { TicketStore } from './ticket.store';

const MOST_TICKETS = 10_000;

/** Tickets of the only replica there is. */
export class MemoryTicketStore implements TicketStore {
  /** Oldest first, since all live equally long. */
  private readonly tickets = new Map<string, { grant: TicketGrant; endsAtMs: number }>();

  /** @param now milliseconds, any origin. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  async put(hash: string, grant: TicketGrant, lifeMs: number): Promise<void> {
    for (const [old, { endsAtMs }] of this.tickets) {
      if (endsAtMs > this.now()) break;
      this.tickets.delete(old);
    }
    if (this.tickets.size >= MOST_TICKETS) {
      throw new ProblemError('unavailable', 'Too many tickets wait to be used.');
    }
    this.tickets.set(hash, { grant, endsAtMs: this.now() + lifeMs });
  }

  async take(hash: string): Promise<TicketGrant | null> {
    const found = this.tickets.get(hash);
    this.tickets.delete(hash);
    return found && found.endsAtMs > this.now() ? found.grant : null;
  }

  async close(): Promise<void> {
    this.tickets.clear();
  }
}
