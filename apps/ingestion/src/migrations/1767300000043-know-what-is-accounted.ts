import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far asr accounts for a channel that it has drained: what it says of it may come after it says that it is done. */
export class KnowWhatIsAccounted1767300000043 implements MigrationInterface {
  readonly name = 'KnowWhatIsAccounted1767300000043';

  async up(runner: QueryRunner): Promise<void> {
    // Of channels that were drained before nothing is on its way any more.
    await runner.query(
      `ALTER TABLE ingestion.channels ADD COLUMN accounted_ms integer NOT NULL DEFAULT 0`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE ingestion.channels DROP COLUMN accounted_ms`);
  }
}
