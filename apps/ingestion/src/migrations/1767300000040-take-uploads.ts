import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Recordings that were uploaded, and how far they have been heard. */
export class TakeUploads1767300000040 implements MigrationInterface {
  readonly name = 'TakeUploads1767300000040';

  async up(runner: QueryRunner): Promise<void> {
    // Who hears one puts `next_at` off again and again; once it has passed, another replica may.
    await runner.query(`
      CREATE TABLE ingestion.uploads (
        id uuid PRIMARY KEY,
        meeting_id uuid NOT NULL,
        workspace_id text NOT NULL,
        channel text NOT NULL,
        bytes integer NOT NULL,
        stated_ms integer,
        status text NOT NULL
          CHECK (status IN ('arriving', 'waiting', 'hearing', 'heard', 'stopped', 'failed')),
        reason text,
        ends_meeting boolean NOT NULL,
        next_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX uploads_of_channel ON ingestion.uploads (meeting_id, channel)
        WHERE status <> 'failed'`);
    await runner.query(`
      CREATE INDEX uploads_due ON ingestion.uploads (next_at)
        WHERE status IN ('arriving', 'waiting', 'hearing')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE ingestion.uploads`);
  }
}
