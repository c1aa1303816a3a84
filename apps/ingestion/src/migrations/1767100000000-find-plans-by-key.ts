import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One meeting may stand in several feeds. */
export class FindPlansByKey1767100000000 implements MigrationInterface {
  readonly name = 'FindPlansByKey1767100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX planned_meetings_by_key ON ingestion.planned_meetings (workspace_id, key)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX ingestion.planned_meetings_by_key`);
  }
}
