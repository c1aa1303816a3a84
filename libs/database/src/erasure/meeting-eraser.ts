import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { ErasedStore } from '@parley/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import { meetingColumn, type TableHolding } from './holding';
import { withUndeclared } from './undeclared-tables';

/** What the service declared, see `DatabaseOptions.holdings`. */
export const HOLDINGS = Symbol('HOLDINGS');

const LONGEST_WAIT_MS = 10_000;
const POLL_MS = 20;

/** Erases meetings from the tables of one schema, for good: nothing of them can be written afterwards. */
@Injectable()
export class MeetingEraser {
  private readonly schema: string;

  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(HOLDINGS) private readonly holdings: readonly TableHolding[],
  ) {
    // Not from metadata: that is there only once the database has been reached.
    this.schema = (dataSource.options as { schema: string }).schema;
  }

  /** From its commit on the database refuses every row of the meeting. Twice is as good as once. */
  async bury(manager: EntityManager, meetingId: string): Promise<void> {
    await manager.query(
      `INSERT INTO ${this.schema}.erased_meetings (meeting_id) VALUES ($1) ON CONFLICT DO NOTHING`,
      [meetingId],
    );
  }

  /**
   * Waits until every writer is done that may not have seen the tombstone, so that an erasure that begins now sees
   * all that was ever written.
   * @throws Error when one takes longer than 10 s: try again.
   */
  async writersDone(): Promise<void> {
    const until = Date.now() + LONGEST_WAIT_MS;
    const [first] = await this.dataSource.query<{ next: string }[]>(
      `SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS next`,
    );
    for (;;) {
      const [now] = await this.dataSource.query<{ done: boolean }[]>(
        `SELECT pg_snapshot_xmin(pg_current_snapshot()) >= $1::text::xid8 AS done`,
        [first?.next],
      );
      if (now?.done === true) return;
      if (Date.now() > until) throw new Error('a transaction older than the erasure does not end');
      await wait(POLL_MS);
    }
  }

  /**
   * Erases what the tables and the outbox hold, within the transaction of `manager`.
   * @param later tables whose rows stay for now: what is kept elsewhere is found by them
   */
  async erase(
    manager: EntityManager,
    meetingId: string,
    later: readonly string[] = [],
  ): Promise<ErasedStore[]> {
    await manager.query(`SELECT set_config('parley.erasing', 'on', true)`);
    const erased: ErasedStore[] = [];
    for (const holding of await withUndeclared(manager, this.schema, this.holdings)) {
      if (holding.onErasure === 'keep' || later.includes(holding.table)) continue;
      const store = `${this.schema}.${holding.table}`;
      const rows = await affected(manager, statementFor(store, holding), meetingId);
      erased.push({ store, erased: rows });
    }
    const outbox = `${this.schema}.outbox`;
    const events = await affected(
      manager,
      `DELETE FROM ${outbox} WHERE envelope->>'meetingId' = $1
         AND envelope->>'type' NOT IN ('meeting.erased', 'meeting.forgotten', 'audit.recorded')`,
      meetingId,
    );
    return [...erased, { store: outbox, erased: events }];
  }
}

/** The column may be a uuid or a text: the parameter takes its type. */
function statementFor(store: string, holding: TableHolding): string {
  const where = `WHERE ${meetingColumn(holding)} = $1`;
  return typeof holding.onErasure === 'object'
    ? `UPDATE ${store} SET ${holding.onErasure.set} ${where}`
    : `DELETE FROM ${store} ${where}`;
}

async function affected(manager: EntityManager, sql: string, meetingId: string): Promise<number> {
  const [, rows] = await manager.query<[unknown[], number]>(sql, [meetingId]);
  return rows;
}
