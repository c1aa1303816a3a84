import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KnowSendersAgain1763900000000 implements MigrationInterface {
  readonly name = 'KnowSendersAgain1763900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE ingestion.channels ADD COLUMN sender_key text`);
    // Looked through every few seconds for channels of ended meetings: only what is open is in it.
    await runner.query(
      `CREATE INDEX channels_not_ended ON ingestion.channels (meeting_id) WHERE NOT ended`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX ingestion.channels_not_ended`);
    await runner.query(`ALTER TABLE ingestion.channels DROP COLUMN sender_key`);
  }
}
