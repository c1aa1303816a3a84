import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Meetings of which only notes may be kept, and how far their words are gone. */
export class KeepNotesOnly1765200000002 implements MigrationInterface {
  readonly name = 'KeepNotesOnly1765200000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE ingestion.meetings ADD notes_only boolean NOT NULL DEFAULT false`);
    await runner.query(`
      CREATE INDEX meetings_to_reduce ON ingestion.meetings (ended_at)
        WHERE notes_only AND status = 'ended'`);
    await runner.query(`
      CREATE TABLE ingestion.reductions (
        meeting_id uuid PRIMARY KEY,
        workspace_id text NOT NULL,
        begun_at timestamptz NOT NULL DEFAULT now(),
        asked_at timestamptz NOT NULL DEFAULT now(),
        services text[] NOT NULL DEFAULT '{}',
        completed_at timestamptz,
        looked_after_at timestamptz
      )`);
    await runner.query(`
      CREATE INDEX reductions_open ON ingestion.reductions (asked_at)
        WHERE looked_after_at IS NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE ingestion.reductions`);
    await runner.query(`ALTER TABLE ingestion.meetings DROP notes_only`);
  }
}
