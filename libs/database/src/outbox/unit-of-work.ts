import { Inject, Injectable } from '@nestjs/common';
import type { Envelope } from '@parley/contracts';
import { requestContext } from '@parley/observability';
import { DataSource, type EntityManager } from 'typeorm';
import { OutboxRelay } from './outbox.relay';
import { OutboxRepository, type ClaimedEntry } from './outbox.repository';

export interface Unit {
  /** All queries of the unit go through it; nothing else is awaited inside. */
  manager: EntityManager;
  /** Tells the other services, if and only if the unit commits. */
  emit(event: Envelope): void;
}

/** Writes rows and the events about them in one transaction. */
@Injectable()
export class UnitOfWork {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(OutboxRepository) private readonly outbox: OutboxRepository,
    @Inject(OutboxRelay) private readonly relay: OutboxRelay,
  ) {}

  /**
   * Runs `work` in a transaction and commits the events it emitted with it.
   * Rolls back when the request's time is up, or its caller gone, before the commit: see `DeadlineClient`.
   * Never wait for HTTP, Redis or a model inside: the embedded database serves one transaction at a time.
   */
  async run<T>(work: (unit: Unit) => Promise<T>): Promise<T> {
    // Claimed for this process as they are written: one statement less between commit and bus.
    const claimed = this.relay.takesMore;
    let written: ClaimedEntry[] = [];
    const result = await this.dataSource.transaction(async (manager) => {
      const events: Envelope[] = [];
      const value = await work({
        manager,
        emit: (event) => {
          events.push(withCause(event));
        },
      });
      if (events.length > 0) written = await this.outbox.add(manager, events, claimed);
      return value;
    });
    if (claimed) this.relay.send(written);
    else if (written.length > 0) this.relay.kick();
    return result;
  }
}

/** The event, naming the request and the trace that led to it where it does not name others. */
function withCause(event: Envelope): Envelope {
  const { requestId, traceparent } = requestContext();
  return {
    ...event,
    requestId: event.requestId ?? requestId,
    traceparent: event.traceparent || traceparent,
  };
}
