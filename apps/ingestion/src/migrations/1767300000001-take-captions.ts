import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Channels on which text comes instead of audio. */
export class TakeCaptions1767300000001 implements MigrationInterface {
  readonly name = 'TakeCaptions1767300000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE ingestion.channels ADD source text NOT NULL DEFAULT 'audio'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE ingestion.channels DROP source`);
  }
}
