import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Recordings that were uploaded, and how far they have been heard. */
export class TakeUploads1767300000040 implements MigrationInterface {
  readonly name = 'TakeUploads1767300000040';

  async up(runner: QueryRunner): Promise<void> {
    // Whoever hears one is its holder, and puts `next_at` off again and again; once that has passed, another replica may.
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
        holder uuid,
        failures integer NOT NULL DEFAULT 0,
        next_at timestamptz NOT NULL,
        file_kept boolean NOT NULL DEFAULT true
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX uploads_of_channel ON ingestion.uploads (meeting_id, channel)
        WHERE status <> 'failed'`);
    await runner.query(`
      CREATE INDEX uploads_of_meeting ON ingestion.uploads (meeting_id, id)`);
    await runner.query(`
      CREATE INDEX uploads_with_files ON ingestion.uploads (next_at) WHERE file_kept`);
    await runner.query(`
      CREATE FUNCTION ingestion.has_audio(meeting uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT EXISTS (SELECT 1 FROM ingestion.recording_parts WHERE meeting_id = meeting)
          OR EXISTS (SELECT 1 FROM ingestion.uploads WHERE meeting_id = meeting AND file_kept)
      $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP FUNCTION ingestion.has_audio`);
    await runner.query(`DROP TABLE ingestion.uploads`);
  }
}
