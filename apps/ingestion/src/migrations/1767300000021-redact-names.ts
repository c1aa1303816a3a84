import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether people's names are taken out of what is said: in all meetings of a workspace, or in one; and a meeting's secret for what is told instead. */
export class RedactNames1767300000021 implements MigrationInterface {
  readonly name = 'RedactNames1767300000021';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['workspaces', 'meetings']) {
      await runner.query(
        `ALTER TABLE ingestion.${table} ADD redact_names boolean NOT NULL DEFAULT false`,
      );
    }
    await runner.query(
      `ALTER TABLE ingestion.meetings ADD caption_secret uuid NOT NULL DEFAULT gen_random_uuid()`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE ingestion.meetings DROP caption_secret`);
    for (const table of ['workspaces', 'meetings']) {
      await runner.query(`ALTER TABLE ingestion.${table} DROP redact_names`);
    }
  }
}
