import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What meetings of a workspace have when they do not say so themselves. */
export class SetWorkspaceDefaults1766400000000 implements MigrationInterface {
  readonly name = 'SetWorkspaceDefaults1766400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE ingestion.workspaces
        ADD privacy_mode text NOT NULL DEFAULT 'transcript'
          CHECK (privacy_mode IN ('transcript', 'notes-only', 'off-the-record')),
        ADD vocabulary jsonb NOT NULL DEFAULT '[]'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE ingestion.workspaces DROP privacy_mode, DROP vocabulary`);
  }
}
