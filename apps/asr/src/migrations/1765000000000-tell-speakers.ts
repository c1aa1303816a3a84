import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who speaks in a meeting, and what is known of the voices on channels that several people share. */
export class TellSpeakers1765000000000 implements MigrationInterface {
  readonly name = 'TellSpeakers1765000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE asr.speakers (
        meeting_id uuid NOT NULL REFERENCES asr.meetings ON DELETE CASCADE,
        id text NOT NULL,
        name text NOT NULL CHECK (name <> ''),
        participant_id text,
        merged_into text CHECK (merged_into <> id),
        PRIMARY KEY (meeting_id, id)
      )`);
    await runner.query(`
      INSERT INTO asr.speakers (meeting_id, id, name, participant_id)
      SELECT DISTINCT ON (meeting_id, speaker->>'id')
        meeting_id, speaker->>'id', speaker->>'name', speaker->>'participantId'
      FROM asr.sessions WHERE speaker IS NOT NULL`);
    await runner.query(`
      CREATE TABLE asr.voices (
        meeting_id uuid NOT NULL REFERENCES asr.meetings ON DELETE CASCADE,
        channel text NOT NULL,
        state jsonb NOT NULL,
        PRIMARY KEY (meeting_id, channel)
      )`);
    await runner.query(`ALTER TABLE asr.segments ADD COLUMN voice_id text`);
    await runner.query(`ALTER TABLE asr.sessions ADD COLUMN finals integer NOT NULL DEFAULT 0`);
    await runner.query(`UPDATE asr.sessions SET finals = next_ordinal`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE asr.sessions DROP COLUMN finals`);
    await runner.query(`ALTER TABLE asr.segments DROP COLUMN voice_id`);
    await runner.query(`DROP TABLE asr.voices`);
    await runner.query(`DROP TABLE asr.speakers`);
  }
}
