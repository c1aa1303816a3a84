import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which stretches of a meeting's audio are kept as blobs. */
export class KeepRecordings1766200000000 implements MigrationInterface {
  readonly name = 'KeepRecordings1766200000000';

  async up(runner: QueryRunner): Promise<void> {
    // Without a key's id it is being written, or was when its process died.
    await runner.query(`
      CREATE TABLE ingestion.recording_parts (
        id uuid PRIMARY KEY,
        meeting_id uuid NOT NULL,
        channel text NOT NULL,
        start_ms integer NOT NULL CHECK (start_ms >= 0),
        end_ms integer NOT NULL CHECK (end_ms > start_ms),
        key_id text
      )`);
    await runner.query(`
      CREATE INDEX recording_parts_of_channel
        ON ingestion.recording_parts (meeting_id, channel, start_ms)`);
    await runner.query(`
      CREATE INDEX recording_parts_by_key ON ingestion.recording_parts (key_id, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE ingestion.recording_parts`);
  }
}
