import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An approval comes minutes later, in a request of its own: the action still belongs to the utterance's trace. */
export class KeepTrace1764000000000 implements MigrationInterface {
  readonly name = 'KeepTrace1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE agent.suggestions ADD traceparent text NOT NULL DEFAULT ''`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE agent.suggestions DROP traceparent`);
  }
}
