import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A workspace's actions are listed, newest first. */
export class ListActions1767300000002 implements MigrationInterface {
  readonly name = 'ListActions1767300000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX actions_of_workspace ON agent.actions (workspace_id, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX agent.actions_of_workspace`);
  }
}
