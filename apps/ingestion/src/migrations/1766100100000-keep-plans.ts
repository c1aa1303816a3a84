import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What calendars plan. A row outlives what it planned for a day, emptied, so that late news cannot bring it back. */
export class KeepPlans1766100100000 implements MigrationInterface {
  readonly name = 'KeepPlans1766100100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ingestion.planned_meetings (
        id uuid PRIMARY KEY,
        workspace_id text NOT NULL,
        feed_id uuid NOT NULL,
        key text NOT NULL,
        revision integer NOT NULL,
        status text NOT NULL CHECK (status IN ('planned', 'begun', 'cancelled')),
        title text NOT NULL DEFAULT '',
        platform text NOT NULL DEFAULT 'other',
        participants jsonb NOT NULL DEFAULT '[]',
        time_zone text NOT NULL DEFAULT 'UTC',
        starts_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL,
        meeting_id uuid,
        UNIQUE (workspace_id, feed_id, key),
        CHECK ((status = 'begun') = (meeting_id IS NOT NULL)),
        CHECK (status = 'planned' OR (title = '' AND participants = '[]'))
      )`);
    await runner.query(`
      CREATE INDEX planned_meetings_next
        ON ingestion.planned_meetings (workspace_id, starts_at, id) WHERE status = 'planned'`);
    await runner.query(`
      CREATE INDEX planned_meetings_over ON ingestion.planned_meetings (ends_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE ingestion.planned_meetings`);
  }
}
