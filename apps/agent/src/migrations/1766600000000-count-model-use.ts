import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tokens that models used for a meeting, and when one was first withheld because they were spent. */
export class CountModelUse1766600000000 implements MigrationInterface {
  readonly name = 'CountModelUse1766600000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE agent.model_use (
         meeting_id uuid PRIMARY KEY,
         tokens bigint NOT NULL DEFAULT 0,
         withheld_at timestamptz
       )`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE agent.model_use`);
  }
}
