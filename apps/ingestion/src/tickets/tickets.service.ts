import { hash, randomBytes } from 'node:crypto';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { requestContext, Tickets, type TicketGrant, type TicketOffice } from '@parley/service';
import { IsISO8601, IsString } from 'class-validator';
import { MeetingsService } from '../meetings/meetings.service';
import { TicketStore } from './ticket.store';

const TICKET_BYTES = 32;
const LIFE_MS = 60_000;

export class IssuedTicket {
  /** For `?ticket=` of the audio socket or the feeds. */
  @IsString() ticket: string;
  @IsISO8601() expiresAt: string;
}

/** Hands out what a browser may put into an address in place of a key: good once, soon, for one meeting. */
@Injectable()
export class TicketsService implements TicketOffice, OnModuleInit, OnApplicationShutdown {
  constructor(
    @Inject(Tickets) private readonly tickets: Tickets,
    @Inject(MeetingsService) private readonly meetings: MeetingsService,
    @Inject(TicketStore) private readonly store: TicketStore,
  ) {}

  onModuleInit(): void {
    this.tickets.open(this);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.store.close();
  }

  async issue(meetingId: string): Promise<IssuedTicket> {
    const { id, workspaceId } = await this.meetings.require(meetingId);
    const ticket = randomBytes(TICKET_BYTES).toString('base64url');
    const { caller } = requestContext();
    // Whoever holds it acts for its maker, with their scopes, but is not the operator.
    const grant: TicketGrant = {
      resource: id,
      workspaceId,
      caller: { ...caller, kind: caller.kind === 'operator' ? 'anonymous' : caller.kind },
    };
    await this.store.put(hash('sha256', ticket), grant, LIFE_MS);
    return { ticket, expiresAt: new Date(Date.now() + LIFE_MS).toISOString() };
  }

  async redeem(ticket: string): Promise<TicketGrant | null> {
    return this.store.take(hash('sha256', ticket));
  }
}
