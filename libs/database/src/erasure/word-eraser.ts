import { Inject, Injectable } from '@nestjs/common';
import type { ErasedStore } from '@parley/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import { meetingColumn, type TableHolding } from './holding';
import { HOLDINGS } from './meeting-eraser';
import { EVENTS_OF_WORDS, EVENTS_WITH_QUOTES, quoted } from './reduced-meetings.migration';

/** Takes what was said out of one schema and leaves the notes, for good: no words can be written afterwards. */
@Injectable()
export class WordEraser {
  private readonly schema: string;

  constructor(
    @Inject(DataSource) dataSource: DataSource,
    @Inject(HOLDINGS) private readonly holdings: readonly TableHolding[],
  ) {
    // Not from metadata: that is there only once the database has been reached.
    this.schema = (dataSource.options as { schema: string }).schema;
  }

  /** From its commit on the database refuses what was said in the meeting. Twice is as good as once. */
  async bury(manager: EntityManager, meetingId: string): Promise<void> {
    await manager.query(
      `INSERT INTO ${this.schema}.reduced_meetings (meeting_id) VALUES ($1) ON CONFLICT DO NOTHING`,
      [meetingId],
    );
  }

  /** Erases the words that tables and outbox hold, within the transaction of `manager`. */
  async erase(manager: EntityManager, meetingId: string): Promise<ErasedStore[]> {
    await manager.query(`SELECT set_config('parley.erasing', 'on', true)`);
    const erased: ErasedStore[] = [];
    for (const holding of this.holdings) {
      const { words } = holding;
      if (words === undefined) continue;
      const store = `${this.schema}.${holding.table}`;
      const mine = `WHERE ${meetingColumn(holding)} = $1`;
      let rows = 0;
      if (words.goes !== undefined) {
        const sql = `DELETE FROM ${store} AS held ${mine} AND (${words.goes})`;
        rows += await affected(manager, sql, meetingId);
      }
      if (words.set !== undefined) {
        rows += await affected(manager, `UPDATE ${store} SET ${words.set} ${mine}`, meetingId);
      }
      erased.push({ store, erased: rows });
    }
    const outbox = `${this.schema}.outbox`;
    // What quotes and is not sent yet tells others of a decision: it is on its way, and follows a day later at most.
    const events = await affected(
      manager,
      `DELETE FROM ${outbox} WHERE envelope->>'meetingId' = $1 AND (
         envelope->>'type' IN (${quoted(EVENTS_OF_WORDS)})
         OR published_at IS NOT NULL AND envelope->>'type' IN (${quoted(EVENTS_WITH_QUOTES)}))`,
      meetingId,
    );
    return [...erased, { store: outbox, erased: events }];
  }
}

async function affected(manager: EntityManager, sql: string, meetingId: string): Promise<number> {
  const [, rows] = await manager.query<[unknown[], number]>(sql, [meetingId]);
  return rows;
}
