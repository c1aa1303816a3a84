import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Channels that come as text: which of a channel's captions became which segment, and when it was last said. */
export class TakeCaptions1767300000000 implements MigrationInterface {
  readonly name = 'TakeCaptions1767300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE asr.sessions ADD source text NOT NULL DEFAULT 'audio'`);
    await runner.query(`
      CREATE TABLE asr.captions (
        meeting_id uuid NOT NULL REFERENCES asr.meetings ON DELETE CASCADE,
        channel text NOT NULL,
        id text NOT NULL,
        segment_id text NOT NULL,
        speaker_id text,
        said_at timestamptz NOT NULL,
        PRIMARY KEY (meeting_id, channel, id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE asr.captions`);
    await runner.query(`ALTER TABLE asr.sessions DROP source`);
  }
}
