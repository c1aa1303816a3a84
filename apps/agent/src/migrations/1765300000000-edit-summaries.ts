import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People edit summaries, and corrected lines make them anew without losing what people wrote. */
export class EditSummaries1765300000000 implements MigrationInterface {
  readonly name = 'EditSummaries1765300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE agent.summaries ADD lines integer NOT NULL DEFAULT 0,
         ADD dismissed jsonb NOT NULL DEFAULT '[]'`,
    );
    await runner.query(`ALTER TABLE agent.meetings ADD corrected_at timestamptz`);
    await runner.query(
      `CREATE INDEX meetings_corrected ON agent.meetings (corrected_at) WHERE corrected_at IS NOT NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE agent.meetings DROP corrected_at`);
    await runner.query(`ALTER TABLE agent.summaries DROP lines, DROP dismissed`);
  }
}
