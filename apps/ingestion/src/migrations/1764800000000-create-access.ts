import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateAccess1764800000000 implements MigrationInterface {
  readonly name = 'CreateAccess1764800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ingestion.workspaces (
        id text PRIMARY KEY CHECK (id ~ '^[A-Za-z0-9_-]{1,64}$'),
        name text NOT NULL,
        created_at timestamptz NOT NULL
      )`);
    await runner.query(
      `INSERT INTO ingestion.workspaces (id, name, created_at) VALUES ('default', 'Default', now())`,
    );
    await runner.query(`
      CREATE TABLE ingestion.api_keys (
        id uuid PRIMARY KEY,
        workspace_id text NOT NULL REFERENCES ingestion.workspaces,
        name text NOT NULL,
        scopes jsonb NOT NULL,
        hash text NOT NULL UNIQUE CHECK (hash ~ '^[0-9a-f]{64}$'),
        created_by text NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz,
        revoked_at timestamptz
      )`);
    // The name stands beside what its holder decided: of two valid keys it can be only one's.
    await runner.query(
      `CREATE UNIQUE INDEX api_keys_names ON ingestion.api_keys (workspace_id, name)
       WHERE revoked_at IS NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE ingestion.api_keys`);
    await runner.query(`DROP TABLE ingestion.workspaces`);
  }
}
