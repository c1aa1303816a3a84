import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateIngestion1763800000000 implements MigrationInterface {
  readonly name = 'CreateIngestion1763800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ingestion.meetings (
        id uuid PRIMARY KEY,
        workspace_id text NOT NULL DEFAULT 'default',
        title text NOT NULL,
        platform text NOT NULL,
        privacy_mode text NOT NULL CHECK (privacy_mode IN ('transcript', 'notes-only', 'off-the-record')),
        participants jsonb NOT NULL,
        language text NOT NULL,
        time_zone text NOT NULL,
        vocabulary jsonb NOT NULL,
        keep_audio boolean NOT NULL,
        status text NOT NULL CHECK (status IN ('live', 'ended')),
        started_at timestamptz NOT NULL,
        ended_at timestamptz,
        last_cursor bigint NOT NULL DEFAULT 0
      )`);
    await runner.query(
      `CREATE INDEX meetings_by_start ON ingestion.meetings (workspace_id, id DESC)`,
    );
    await runner.query(`
      CREATE TABLE ingestion.channels (
        meeting_id uuid NOT NULL REFERENCES ingestion.meetings ON DELETE CASCADE,
        channel text NOT NULL,
        workspace_id text NOT NULL DEFAULT 'default',
        received_ms integer NOT NULL DEFAULT 0,
        sender uuid,
        sender_seen_at timestamptz,
        ended boolean NOT NULL DEFAULT false,
        completed boolean NOT NULL DEFAULT false,
        PRIMARY KEY (meeting_id, channel)
      )`);
    await runner.query(`
      CREATE TABLE ingestion.coverage_spans (
        meeting_id uuid NOT NULL REFERENCES ingestion.meetings ON DELETE CASCADE,
        channel text NOT NULL,
        start_ms integer NOT NULL,
        end_ms integer NOT NULL CHECK (end_ms > start_ms),
        state text NOT NULL
          CHECK (state IN ('transcribed', 'silence', 'filtered', 'withheld', 'shed', 'lost')),
        rule text,
        workspace_id text NOT NULL DEFAULT 'default',
        PRIMARY KEY (meeting_id, channel, start_ms, state)
      )`);
    await runner.query(`
      CREATE TABLE ingestion.timeline_entries (
        meeting_id uuid NOT NULL REFERENCES ingestion.meetings ON DELETE CASCADE,
        cursor bigint NOT NULL,
        event_id uuid NOT NULL,
        type text NOT NULL,
        at timestamptz NOT NULL,
        data jsonb NOT NULL,
        workspace_id text NOT NULL DEFAULT 'default',
        PRIMARY KEY (meeting_id, cursor),
        UNIQUE (meeting_id, event_id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['timeline_entries', 'coverage_spans', 'channels', 'meetings']) {
      await runner.query(`DROP TABLE ingestion.${table}`);
    }
  }
}
