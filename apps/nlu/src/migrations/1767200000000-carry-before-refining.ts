import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What an utterance leaves to the next one, in a table of its own: an answer may be read before the insight of what was
 * asked is written. The column stays for the version before, emptied: after twenty seconds it serves nothing.
 */
export class CarryBeforeRefining1767200000000 implements MigrationInterface {
  readonly name = 'CarryBeforeRefining1767200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE nlu.carried (
        segment_id text PRIMARY KEY,
        workspace_id text NOT NULL,
        meeting_id uuid NOT NULL REFERENCES nlu.meetings ON DELETE CASCADE,
        revision integer NOT NULL CHECK (revision >= 0),
        start_ms integer NOT NULL,
        carries jsonb NOT NULL
      )`);
    await runner.query(
      `CREATE INDEX carried_by_time ON nlu.carried (meeting_id, start_ms, segment_id)`,
    );
    await runner.query(`UPDATE nlu.insights SET carries = NULL WHERE carries IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE nlu.carried`);
  }
}
