import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Access tokens with their lock, and what waits for a person's consent. */
export class KeepConsents1764700000000 implements MigrationInterface {
  readonly name = 'KeepConsents1764700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE integrations.connections
        ADD COLUMN access text,
        ADD COLUMN access_key_id text,
        ADD COLUMN refreshing_until timestamptz,
        ADD CHECK ((access IS NULL) = (access_key_id IS NULL))`);
    await runner.query(`
      CREATE TABLE integrations.authorizations (
        state_hash text PRIMARY KEY,
        workspace_id text NOT NULL,
        provider text NOT NULL,
        name text NOT NULL,
        settings jsonb NOT NULL,
        is_default boolean NOT NULL,
        verifier text NOT NULL,
        key_id text NOT NULL,
        expires_at timestamptz NOT NULL
      )`);
    await runner.query(`
      CREATE INDEX authorizations_expired ON integrations.authorizations (expires_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE integrations.authorizations`);
    await runner.query(`
      ALTER TABLE integrations.connections
        DROP COLUMN access, DROP COLUMN access_key_id, DROP COLUMN refreshing_until`);
  }
}
