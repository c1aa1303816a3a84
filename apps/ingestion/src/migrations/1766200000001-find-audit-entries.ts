import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was decided about one thing is found without reading all that ever was: a meeting's archive asks for that. */
export class FindAuditEntries1766200000001 implements MigrationInterface {
  readonly name = 'FindAuditEntries1766200000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX audit_entries_by_subject
        ON ingestion.audit_entries (workspace_id, subject_id, sequence)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX ingestion.audit_entries_by_subject`);
  }
}
