import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How an entry came about: its trace, when asr did what, and when viewers could see it. Unknown of earlier entries. */
export class TraceLines1766300000000 implements MigrationInterface {
  readonly name = 'TraceLines1766300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE ingestion.timeline_entries
        ADD trace_id text,
        ADD times jsonb,
        ADD added_at timestamptz`);
    // Only from now on: a default given at once would claim the present for what is there.
    await runner.query(`
      ALTER TABLE ingestion.timeline_entries ALTER added_at SET DEFAULT clock_timestamp()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE ingestion.timeline_entries DROP trace_id, DROP times, DROP added_at`);
  }
}
