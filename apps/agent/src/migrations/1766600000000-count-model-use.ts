import { createModelUse } from '@parley/model-budget';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tokens that models used for a meeting, and when one was first withheld because they were spent. */
export class CountModelUse1766600000000 implements MigrationInterface {
  readonly name = 'CountModelUse1766600000000';

  async up(runner: QueryRunner): Promise<void> {
    await createModelUse(runner, 'agent');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE agent.model_use`);
  }
}
