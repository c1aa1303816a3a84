import { Inject, Injectable } from '@nestjs/common';
import type { Envelope } from '@parley/contracts';
import { requestContext } from '@parley/observability';
import { DataSource, type EntityManager } from 'typeorm';
import { OutboxRelay } from './outbox.relay';
import { OutboxRepository } from './outbox.repository';

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
   * Never wait for HTTP, Redis or a model inside: the embedded database serves one transaction at a time.
   */
  async run<T>(work: (unit: Unit) => Promise<T>): Promise<T> {
    const events: Envelope[] = [];
    const { traceparent } = requestContext();
    const result = await this.dataSource.transaction(async (manager) => {
      const value = await work({
        manager,
        emit: (event) => {
          events.push(event.traceparent === '' ? { ...event, traceparent } : event);
        },
      });
      if (events.length > 0) await this.outbox.add(manager, events);
      return value;
    });
    if (events.length > 0) this.relay.kick();
    return result;
  }
}
