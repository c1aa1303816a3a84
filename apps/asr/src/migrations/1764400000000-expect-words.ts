import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Names and words that a meeting expects. */
export class ExpectWords1764400000000 implements MigrationInterface {
  readonly name = 'ExpectWords1764400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE asr.meetings ADD COLUMN vocabulary jsonb NOT NULL DEFAULT '[]'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE asr.meetings DROP COLUMN vocabulary`);
  }
}
