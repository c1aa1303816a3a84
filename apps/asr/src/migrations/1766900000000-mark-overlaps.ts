import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where several spoke at once; null where nobody noticed, as in all segments before. */
export class MarkOverlaps1766900000000 implements MigrationInterface {
  readonly name = 'MarkOverlaps1766900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE asr.segments ADD overlap_spans jsonb`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE asr.segments DROP overlap_spans`);
  }
}
