import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A slow transcript may go on arriving long after its meeting has ended. */
export class KeepLateLines1763900000000 implements MigrationInterface {
  readonly name = 'KeepLateLines1763900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE agent.lines ADD saved_at timestamptz NOT NULL DEFAULT now()`);
    await runner.query(`ALTER TABLE agent.meetings ADD summarised_lines integer`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE agent.meetings DROP summarised_lines`);
    await runner.query(`ALTER TABLE agent.lines DROP saved_at`);
  }
}
