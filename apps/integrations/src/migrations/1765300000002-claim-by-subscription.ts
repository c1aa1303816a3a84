import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Messages are claimed subscription by subscription: those of paused ones are not looked at. */
export class ClaimBySubscription1765300000002 implements MigrationInterface {
  readonly name = 'ClaimBySubscription1765300000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX subscription_messages_due
        ON integrations.subscription_messages (subscription_id, next_attempt_at)
        WHERE status IN ('planned', 'sending')`);
    await runner.query(`
      CREATE INDEX subscription_messages_in_hand
        ON integrations.subscription_messages (subscription_id) WHERE status = 'sending'`);
    await runner.query(`DROP INDEX integrations.subscription_messages_open`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX subscription_messages_open
        ON integrations.subscription_messages (next_attempt_at)
        WHERE status IN ('planned', 'sending')`);
    await runner.query(`DROP INDEX integrations.subscription_messages_in_hand`);
    await runner.query(`DROP INDEX integrations.subscription_messages_due`);
  }
}
