import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was erased is remembered as in every other service, and no longer in a row of its own. */
export class ShareTombstones1764900000001 implements MigrationInterface {
  readonly name = 'ShareTombstones1764900000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `INSERT INTO nlu.erased_meetings (meeting_id) SELECT id::text FROM nlu.meetings WHERE erased`,
    );
    await runner.query(`DELETE FROM nlu.meetings WHERE erased`);
    await runner.query(`ALTER TABLE nlu.meetings DROP erased`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE nlu.meetings ADD erased boolean NOT NULL DEFAULT false`);
  }
}
