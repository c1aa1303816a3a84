import { Inject, Injectable } from '@nestjs/common';
import type { Envelope } from '@parley/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import { OutboxEntry } from './outbox-entry.entity';

export interface ClaimedEntry {
  position: string;
  envelope: Envelope;
}

/** After so long the entries of a relay that died are another's. */
const CLAIM_SECONDS = 15;
const KEEP_HOURS = 24;

/** The outbox table of this service's schema. */
@Injectable()
export class OutboxRepository {
  private readonly table: string;

  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {
    this.table = dataSource.getMetadata(OutboxEntry).tablePath;
  }

  /** Writes events within the transaction of `manager`; `claimed`: its relay will send them itself. */
  async add(manager: EntityManager, events: Envelope[], claimed: boolean): Promise<ClaimedEntry[]> {
    const claimedUntil = claimed
      ? () => `clock_timestamp() + interval '${CLAIM_SECONDS} seconds'`
      : null;
    const { identifiers } = await manager.insert(
      OutboxEntry,
      events.map((envelope) => ({
        eventId: envelope.id,
        envelope,
        claimedUntil,
      })),
    );
    return events.map((envelope, index) => ({
      position: (identifiers[index] as { position: string }).position,
      envelope,
    }));
  }

  /** Takes the oldest entries that nobody else holds. */
  async claim(limit: number): Promise<ClaimedEntry[]> {
    const [rows] = await this.dataSource.query<[ClaimedEntry[], number]>(
      `UPDATE ${this.table}
       SET claimed_until = clock_timestamp() + interval '${CLAIM_SECONDS} seconds'
       WHERE position IN (
         SELECT position FROM ${this.table}
         WHERE published_at IS NULL
           AND (claimed_until IS NULL OR claimed_until < clock_timestamp())
         ORDER BY position LIMIT $1 FOR UPDATE SKIP LOCKED)
       RETURNING position, envelope`,
      [limit],
    );
    return rows.sort((a, b) => Number(a.position) - Number(b.position));
  }

  async markPublished(positions: string[]): Promise<void> {
    await this.dataSource.query(
      `UPDATE ${this.table} SET published_at = clock_timestamp()
       WHERE position = ANY($1::bigint[])`,
      [positions],
    );
  }

  /** Leaves entries that were not published to whoever claims next. */
  async release(positions: string[]): Promise<void> {
    await this.dataSource.query(
      `UPDATE ${this.table} SET claimed_until = NULL
       WHERE position = ANY($1::bigint[]) AND published_at IS NULL`,
      [positions],
    );
  }

  async removeOld(): Promise<void> {
    await this.dataSource.query(
      `DELETE FROM ${this.table}
       WHERE published_at < clock_timestamp() - interval '${KEEP_HOURS} hours'`,
    );
  }
}
