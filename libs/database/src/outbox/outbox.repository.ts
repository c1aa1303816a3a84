import { Injectable } from '@nestjs/common';
import type { Envelope } from '@parley/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import { OutboxEntry } from './outbox-entry.entity';

export interface ClaimedEntry {
  position: string;
  envelope: Envelope;
}

/** Longer than any handler takes; a relay that died meanwhile is followed by another. */
const CLAIM_SECONDS = 60;
const KEEP_HOURS = 24;

@Injectable()
export class OutboxRepository {
  private readonly table: string;

  constructor(private readonly dataSource: DataSource) {
    this.table = `${(dataSource.options as { schema?: string }).schema ?? 'public'}.outbox`;
  }

  async add(manager: EntityManager, events: Envelope[]): Promise<void> {
    await manager.insert(
      OutboxEntry,
      events.map((envelope) => ({ eventId: envelope.id, envelope: envelope as object })),
    );
  }

  /** Takes the oldest entries that nobody else holds. */
  async claim(limit: number): Promise<ClaimedEntry[]> {
    const [rows] = await this.dataSource.query<[ClaimedEntry[], number]>(
      `UPDATE ${this.table} SET claimed_until = now() + interval '${CLAIM_SECONDS} seconds'
       WHERE position IN (
         SELECT position FROM ${this.table}
         WHERE published_at IS NULL AND (claimed_until IS NULL OR claimed_until < now())
         ORDER BY position LIMIT $1 FOR UPDATE SKIP LOCKED)
       RETURNING position, envelope`,
      [limit],
    );
    return rows.sort((a, b) => Number(a.position) - Number(b.position));
  }

  async markPublished(positions: string[]): Promise<void> {
    await this.dataSource.query(
      `UPDATE ${this.table} SET published_at = now() WHERE position = ANY($1::bigint[])`,
      [positions],
    );
  }

  /** Leaves an entry that could not be published to be claimed again after `seconds`. */
  async release(position: string, seconds: number): Promise<void> {
    await this.dataSource.query(
      `UPDATE ${this.table} SET claimed_until = now() + make_interval(secs => $2)
       WHERE position = $1 AND published_at IS NULL`,
      [position, seconds],
    );
  }

  async removeOld(): Promise<void> {
    await this.dataSource.query(
      `DELETE FROM ${this.table} WHERE published_at < now() - interval '${KEEP_HOURS} hours'`,
    );
  }
}
