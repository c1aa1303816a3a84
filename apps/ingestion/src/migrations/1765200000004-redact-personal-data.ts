import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether personal data is taken out of what is said: in all meetings of a workspace, or in one. */
export class RedactPersonalData1765200000004 implements MigrationInterface {
  readonly name = 'RedactPersonalData1765200000004';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['workspaces', 'meetings']) {
      await runner.query(`
        ALTER TABLE ingestion.${table} ADD redact_personal_data boolean NOT NULL DEFAULT false`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['workspaces', 'meetings']) {
      await runner.query(`ALTER TABLE ingestion.${table} DROP redact_personal_data`);
    }
  }
}
