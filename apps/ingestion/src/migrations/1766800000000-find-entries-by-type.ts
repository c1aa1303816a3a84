import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Entries of one type are found without reading a whole timeline: trends and the export of a person ask for that. */
export class FindEntriesByType1766800000000 implements MigrationInterface {
  readonly name = 'FindEntriesByType1766800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX timeline_entries_by_type ON ingestion.timeline_entries (meeting_id, type)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX ingestion.timeline_entries_by_type`);
  }
}
