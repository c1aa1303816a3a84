import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Null for a meeting of which only its audio was heard so far. Meetings of before were promised nothing about names, and keep them. */
export class RedactNames1767300000020 implements MigrationInterface {
  readonly name = 'RedactNames1767300000020';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE asr.meetings ADD redact_names boolean, ADD people jsonb NOT NULL DEFAULT '[]'`,
    );
    await runner.query(
      `UPDATE asr.meetings SET redact_names = false WHERE redact_personal_data IS NOT NULL`,
    );
    await runner.query(`ALTER TABLE asr.sessions ADD redact_names boolean NOT NULL DEFAULT false`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE asr.sessions DROP redact_names`);
    await runner.query(`ALTER TABLE asr.meetings DROP redact_names, DROP people`);
  }
}
