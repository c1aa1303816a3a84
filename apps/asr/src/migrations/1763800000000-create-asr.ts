import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateAsr1763800000000 implements MigrationInterface {
  readonly name = 'CreateAsr1763800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE asr.meetings (
        meeting_id uuid PRIMARY KEY,
        workspace_id text NOT NULL DEFAULT 'default',
        ended boolean NOT NULL DEFAULT false,
        owner text,
        epoch integer NOT NULL DEFAULT 0,
        lease_until timestamptz NOT NULL DEFAULT '-infinity'
      )`);
    await runner.query(`
      CREATE TABLE asr.sessions (
        meeting_id uuid NOT NULL REFERENCES asr.meetings ON DELETE CASCADE,
        channel text NOT NULL,
        workspace_id text NOT NULL DEFAULT 'default',
        speaker jsonb,
        language text NOT NULL,
        checkpoint_ms integer NOT NULL DEFAULT 0,
        next_ordinal integer NOT NULL DEFAULT 0,
        status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'completed')),
        PRIMARY KEY (meeting_id, channel)
      )`);
    await runner.query(
      `CREATE INDEX sessions_open ON asr.sessions (meeting_id) WHERE status = 'open'`,
    );
    await runner.query(`
      CREATE TABLE asr.segments (
        id text PRIMARY KEY,
        meeting_id uuid NOT NULL REFERENCES asr.meetings ON DELETE CASCADE,
        workspace_id text NOT NULL DEFAULT 'default',
        channel text NOT NULL,
        speaker jsonb,
        start_ms integer NOT NULL,
        end_ms integer NOT NULL CHECK (end_ms > start_ms),
        text text NOT NULL,
        revision integer NOT NULL,
        confidence real,
        language text NOT NULL,
        words jsonb NOT NULL,
        engine text NOT NULL,
        degraded boolean NOT NULL
      )`);
    await runner.query(`CREATE INDEX segments_in_order ON asr.segments (meeting_id, start_ms, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['segments', 'sessions', 'meetings']) {
      await runner.query(`DROP TABLE asr.${table}`);
    }
  }
}
