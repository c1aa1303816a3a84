import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Channels on which text comes instead of audio, and when a meeting was off the record: text says itself when it was said. */
export class TakeCaptions1767300000001 implements MigrationInterface {
  readonly name = 'TakeCaptions1767300000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE ingestion.channels ADD source text NOT NULL DEFAULT 'audio'`);
    await runner.query(
      `ALTER TABLE ingestion.meetings ADD off_the_record jsonb NOT NULL DEFAULT '[]'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE ingestion.meetings DROP off_the_record`);
    await runner.query(`ALTER TABLE ingestion.channels DROP source`);
  }
}
