import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateAuditLog1764810000000 implements MigrationInterface {
  readonly name = 'CreateAuditLog1764810000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ingestion.audit_entries (
        workspace_id text NOT NULL,
        sequence integer NOT NULL CHECK (sequence >= 1),
        id uuid NOT NULL UNIQUE,
        at timestamptz NOT NULL,
        action text NOT NULL,
        actor_id text NOT NULL,
        actor_name text NOT NULL,
        subject_id text NOT NULL,
        details jsonb NOT NULL,
        previous_hash text NOT NULL CHECK (previous_hash ~ '^[0-9a-f]{64}$'),
        hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
        PRIMARY KEY (workspace_id, sequence)
      )`);
    await runner.query(`
      CREATE FUNCTION ingestion.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'the audit log is only ever added to';
      END $$`);
    await runner.query(`
      CREATE TRIGGER audit_entries_stay BEFORE UPDATE OR DELETE OR TRUNCATE
      ON ingestion.audit_entries FOR EACH STATEMENT EXECUTE FUNCTION ingestion.refuse_change()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE ingestion.audit_entries`);
    await runner.query(`DROP FUNCTION ingestion.refuse_change`);
  }
}
