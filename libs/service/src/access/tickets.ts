import { Inject, Injectable } from '@nestjs/common';
import { ProblemError } from '@parley/contracts';
import type { Caller } from '@parley/observability';
import type { Visitor } from './authenticate';
import { KeyRing } from './key-ring';

/** What a ticket lets somebody do, and in whose name. */
export interface TicketGrant {
  /** The id of the one thing that it opens, such as a meeting's. */
  resource: string;
  workspaceId: string;
  caller: Caller;
}

/** Port: whoever hands tickets out takes them in again. */
export interface TicketOffice {
  /** @returns what the ticket is good for, once; null when it is unknown, used or too old. */
  redeem(ticket: string): Promise<TicketGrant | null>;
}

/**
 * Lets `?ticket=` stand for the API key on the routes and sockets that accept one, in a service whose ticket
 * office is open.
 */
@Injectable()
export class Tickets {
  private office: TicketOffice | undefined;

  constructor(@Inject(KeyRing) private readonly ring: KeyRing) {}

  open(office: TicketOffice): void {
    this.office = office;
  }

  /** The ticket in a request's address, or null; it is never written anywhere else. */
  shownIn(url: string): string | null {
    const start = this.office ? url.indexOf('?') : -1;
    return start < 0 ? null : new URLSearchParams(url.slice(start + 1)).get('ticket');
  }

  /** @throws ProblemError `unauthorized` unless the ticket is good for this very thing, and its maker's key valid still. */
  async redeem(ticket: string, resource: string | undefined): Promise<Visitor> {
    const grant = await this.office?.redeem(ticket);
    if (!grant || grant.resource !== resource || !this.ring.holds(grant.caller)) {
      throw new ProblemError('unauthorized', 'This ticket is not valid here, or no longer.');
    }
    return { caller: grant.caller, workspaceId: grant.workspaceId };
  }
}
