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
    // Not from the entity's metadata: that is there only once the database has been reached.
    const { schema } = dataSource.options as { schema: string };
    this.table = `${schema}.outbox`;
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

  /** What data that is lost by now had taken stays unpublished: see `adopt`. */
  async markPublished(positions: string[], dataId: string | null): Promise<void> {
    await this.dataSource.query(
      `UPDATE ${this.table} SET published_at = clock_timestamp()
       WHERE position = ANY($1::bigint[])
         AND ($2::text IS NULL OR $2 = (SELECT data_id FROM ${this.table}_bus))`,
      [positions, dataId],
    );
  }

  /**
   * Remembers the data of the bus that takes the events from now on. When it is not the data that took them before,
   * everything published within a day counts as unpublished again; of many replicas one does that.
   * @returns how many events are to be sent again
   */
  adopt(dataId: string): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const changed = await manager.query<{ isFirst: boolean }[]>(
        `INSERT INTO ${this.table}_bus AS known (data_id) VALUES ($1)
         ON CONFLICT (one) DO UPDATE SET data_id = $1 WHERE known.data_id <> $1
         RETURNING (xmax = 0) AS "isFirst"`,
        [dataId],
      );
      if (changed[0]?.isFirst !== false) return 0;
      const [, again] = await manager.query<[unknown[], number]>(
        `UPDATE ${this.table} SET published_at = NULL, claimed_until = NULL
         WHERE published_at > clock_timestamp() - interval '${KEEP_HOURS} hours'`,
      );
      return again;
    });
  }

  /** Leaves entries that were not published to whoever claims next. */
  async release(positions: string[]): Promise<void> {
    await this.dataSource.query(
      `UPDATE ${this.table} SET claimed_until = NULL
       WHERE position = ANY($1::bigint[]) AND published_at IS NULL`,
      [positions],
    );
  }

  /** How much waits to be published, and since when by the events' own account. */
  async unsent(): Promise<{ rows: number; oldestSeconds: number }> {
    const [row] = await this.dataSource.query<{ rows: number; seconds: number | null }[]>(
      `SELECT count(*)::int AS rows,
         extract(epoch FROM clock_timestamp() - min((envelope->>'occurredAt')::timestamptz))::float8
           AS seconds
       FROM ${this.table} WHERE published_at IS NULL`,
    );
    return { rows: row?.rows ?? 0, oldestSeconds: Math.max(0, row?.seconds ?? 0) };
  }

  async removeOld(): Promise<void> {
    await this.dataSource.query(
      `DELETE FROM ${this.table}
       WHERE published_at < clock_timestamp() - interval '${KEEP_HOURS} hours'`,
    );
  }
}
