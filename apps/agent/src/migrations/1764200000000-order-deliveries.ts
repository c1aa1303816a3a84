import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which word about its delivery an action's status goes back to: an older one that comes later changes nothing. */
export class OrderDeliveries1764200000000 implements MigrationInterface {
  readonly name = 'OrderDeliveries1764200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE agent.actions ADD told_attempts integer NOT NULL DEFAULT -1,
         ADD told_at timestamptz NOT NULL DEFAULT '-infinity'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE agent.actions DROP told_attempts, DROP told_at`);
  }
}
