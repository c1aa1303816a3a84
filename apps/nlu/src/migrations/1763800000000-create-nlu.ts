import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateNlu1763800000000 implements MigrationInterface {
  readonly name = 'CreateNlu1763800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE nlu.meetings (
        id uuid PRIMARY KEY,
        workspace_id text NOT NULL DEFAULT 'default',
        title text NOT NULL,
        participants jsonb NOT NULL,
        time_zone text NOT NULL,
        started_at timestamptz NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE nlu.insights (
        id uuid PRIMARY KEY,
        workspace_id text NOT NULL DEFAULT 'default',
        meeting_id uuid NOT NULL REFERENCES nlu.meetings ON DELETE CASCADE,
        segment_id text NOT NULL UNIQUE,
        revision integer NOT NULL CHECK (revision >= 0),
        start_ms integer NOT NULL,
        intent text NOT NULL CHECK (intent IN
          ('question', 'decision', 'task', 'request', 'scheduling', 'statement', 'social')),
        confidence double precision NOT NULL CHECK (confidence BETWEEN 0 AND 1),
        entities jsonb NOT NULL,
        sentiment jsonb NOT NULL,
        topics jsonb NOT NULL,
        engine text NOT NULL,
        degraded boolean NOT NULL
      )`);
    await runner.query(
      `CREATE INDEX insights_by_time ON nlu.insights (meeting_id, start_ms, segment_id)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['insights', 'meetings']) await runner.query(`DROP TABLE nlu.${table}`);
  }
}
