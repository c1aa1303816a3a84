import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Of these meetings nothing that is proposed or summed up quotes what was said. */
export class KnowNotesOnly1765200000003 implements MigrationInterface {
  readonly name = 'KnowNotesOnly1765200000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE agent.meetings ADD notes_only boolean NOT NULL DEFAULT false`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE agent.meetings DROP notes_only`);
  }
}
