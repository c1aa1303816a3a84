import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SignIn1767300000010 implements MigrationInterface {
  readonly name = 'SignIn1767300000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE ingestion.api_keys ADD COLUMN signed_in boolean NOT NULL DEFAULT false`,
    );
    // Who signs in on two devices is the same person on both.
    await runner.query(`DROP INDEX ingestion.api_keys_names`);
    await runner.query(
      `CREATE UNIQUE INDEX api_keys_names ON ingestion.api_keys (workspace_id, name)
       WHERE revoked_at IS NULL AND NOT signed_in`,
    );
    await runner.query(
      `CREATE INDEX api_keys_signed_in ON ingestion.api_keys (workspace_id, name) WHERE signed_in`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM ingestion.api_keys WHERE signed_in`);
    await runner.query(`DROP INDEX ingestion.api_keys_signed_in`);
    await runner.query(`DROP INDEX ingestion.api_keys_names`);
    await runner.query(
      `CREATE UNIQUE INDEX api_keys_names ON ingestion.api_keys (workspace_id, name)
       WHERE revoked_at IS NULL`,
    );
    await runner.query(`ALTER TABLE ingestion.api_keys DROP COLUMN signed_in`);
  }
}
