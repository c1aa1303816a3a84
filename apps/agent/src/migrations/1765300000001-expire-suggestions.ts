import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Suggestions lapse with a reason, and what people made of the others is counted by when they decided. */
export class ExpireSuggestions1765300000001 implements MigrationInterface {
  readonly name = 'ExpireSuggestions1765300000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE agent.suggestions ADD expired_because text,
         ADD edited boolean NOT NULL DEFAULT false, ADD decided_at timestamptz`,
    );
    await runner.query(
      `CREATE INDEX suggestions_decided ON agent.suggestions (workspace_id, decided_at)
       WHERE decided_at IS NOT NULL`,
    );
    await runner.query(
      `CREATE INDEX suggestions_pending ON agent.suggestions (meeting_id) WHERE status = 'pending'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX agent.suggestions_pending`);
    await runner.query(
      `ALTER TABLE agent.suggestions DROP decided_at, DROP edited, DROP expired_because`,
    );
  }
}
