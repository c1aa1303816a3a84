import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who wants timeline events posted where, and the log of what was. A message names its entry; it holds nothing of it. */
export class KeepSubscriptions1765200000000 implements MigrationInterface {
  readonly name = 'KeepSubscriptions1765200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE integrations.subscriptions (
        id uuid PRIMARY KEY,
        workspace_id text NOT NULL,
        url text NOT NULL,
        kinds text[] NOT NULL,
        secrets text NOT NULL,
        key_id text NOT NULL,
        previous_until timestamptz,
        status text NOT NULL CHECK (status IN ('active', 'paused')),
        paused_reason text CHECK (paused_reason IN ('by request', 'gone', 'failing')),
        failing_since timestamptz,
        not_before timestamptz NOT NULL DEFAULT now(),
        created_at timestamptz NOT NULL DEFAULT now(),
        CHECK ((status = 'paused') = (paused_reason IS NOT NULL))
      )`);
    await runner.query(`
      CREATE INDEX subscriptions_of_workspace ON integrations.subscriptions (workspace_id, id)`);
    await runner.query(`
      CREATE TABLE integrations.subscription_messages (
        id uuid PRIMARY KEY,
        workspace_id text NOT NULL,
        subscription_id uuid NOT NULL
          REFERENCES integrations.subscriptions (id) ON DELETE CASCADE,
        meeting_id text NOT NULL,
        cursor bigint NOT NULL,
        kind text NOT NULL,
        traceparent text NOT NULL,
        status text NOT NULL
          CHECK (status IN ('planned', 'sending', 'succeeded', 'failed', 'dropped')),
        attempts jsonb NOT NULL DEFAULT '[]',
        tries integer NOT NULL DEFAULT 0,
        first_tried_at timestamptz,
        next_attempt_at timestamptz NOT NULL DEFAULT now(),
        lease_owner text,
        lease_until timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (subscription_id, meeting_id, cursor),
        CHECK ((status = 'sending') = (lease_owner IS NOT NULL))
      )`);
    await runner.query(`
      CREATE INDEX subscription_messages_open
        ON integrations.subscription_messages (next_attempt_at)
        WHERE status IN ('planned', 'sending')`);
    await runner.query(`
      CREATE INDEX subscription_messages_log
        ON integrations.subscription_messages (subscription_id, id DESC)`);
    await runner.query(`
      CREATE INDEX subscription_messages_old
        ON integrations.subscription_messages (created_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE integrations.subscription_messages`);
    await runner.query(`DROP TABLE integrations.subscriptions`);
  }
}
