import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Replicas tell each other what they can carry; a meeting that found no place is said to wait once. */
export class KnowCapacity1764300000000 implements MigrationInterface {
  readonly name = 'KnowCapacity1764300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE asr.replicas (
        id uuid PRIMARY KEY,
        meetings integer NOT NULL,
        capacity integer NOT NULL,
        seen_at timestamptz NOT NULL
      )`);
    await runner.query(`ALTER TABLE asr.meetings ADD COLUMN waiting_since timestamptz`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE asr.meetings DROP COLUMN waiting_since`);
    await runner.query(`DROP TABLE asr.replicas`);
  }
}
