import type { TicketGrant } from '@parley/service';

/** Port: keeps what tickets are good for, under their hashes, until they are used or too old. */
export abstract class TicketStore<Grant extends object = TicketGrant> {
  abstract put(hash: string, grant: Grant, lifeMs: number): Promise<void>;
  /** Gives it once, to one of however many ask. */
  abstract take(hash: string): Promise<Grant | null>;
  abstract close(): Promise<void>;
}
