import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an utterance leaves to the next one; null for insights of before, which leave nothing. */
export class CarryContext1766970000001 implements MigrationInterface {
  readonly name = 'CarryContext1766970000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE nlu.insights ADD carries jsonb`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE nlu.insights DROP carries`);
  }
}
