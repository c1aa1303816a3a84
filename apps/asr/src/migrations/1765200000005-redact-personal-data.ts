import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Null for a meeting of which only its audio was heard so far. */
export class RedactPersonalData1765200000005 implements MigrationInterface {
  readonly name = 'RedactPersonalData1765200000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE asr.meetings ADD redact_personal_data boolean`);
    await runner.query(
      `ALTER TABLE asr.sessions ADD redact_personal_data boolean NOT NULL DEFAULT false`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['sessions', 'meetings']) {
      await runner.query(`ALTER TABLE asr.${table} DROP redact_personal_data`);
    }
  }
}
