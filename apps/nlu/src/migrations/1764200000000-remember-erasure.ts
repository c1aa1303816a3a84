import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was erased stays erased when its events come again: its id is kept, and nothing else of it. */
export class RememberErasure1764200000000 implements MigrationInterface {
  readonly name = 'RememberErasure1764200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE nlu.meetings ADD erased boolean NOT NULL DEFAULT false`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM nlu.meetings WHERE erased`);
    await runner.query(`ALTER TABLE nlu.meetings DROP erased`);
  }
}
