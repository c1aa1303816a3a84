import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A final summary that was made before everything said had come is made again when it has, be it without another line. */
export class KnowWhatIsAwaited1767300000042 implements MigrationInterface {
  readonly name = 'KnowWhatIsAwaited1767300000042';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE agent.meetings ADD COLUMN awaits_words boolean NOT NULL DEFAULT false`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE agent.meetings DROP COLUMN awaits_words`);
  }
}
