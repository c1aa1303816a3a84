import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateIntegrations1763800000000 implements MigrationInterface {
  readonly name = 'CreateIntegrations1763800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE integrations.connections (
        id uuid PRIMARY KEY,
        workspace_id text NOT NULL DEFAULT 'default',
        provider text NOT NULL,
        name text NOT NULL,
        settings jsonb NOT NULL,
        secrets text NOT NULL,
        key_id text NOT NULL,
        is_default boolean NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (workspace_id, name)
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX connections_one_default
        ON integrations.connections (workspace_id) WHERE is_default`);
    await runner.query(`
      CREATE TABLE integrations.deliveries (
        id uuid PRIMARY KEY,
        workspace_id text NOT NULL DEFAULT 'default',
        action_id text NOT NULL UNIQUE,
        suggestion_id text NOT NULL,
        meeting_id text NOT NULL,
        connection_id text NOT NULL,
        provider text NOT NULL,
        tool text NOT NULL,
        arguments jsonb NOT NULL,
        citations jsonb NOT NULL,
        traceparent text NOT NULL,
        authorised boolean NOT NULL,
        approval_expires_at timestamptz,
        status text NOT NULL
          CHECK (status IN ('planned', 'sending', 'succeeded', 'failed', 'uncertain')),
        reason text,
        attempts jsonb NOT NULL DEFAULT '[]',
        sends integer NOT NULL DEFAULT 0,
        tries_left integer NOT NULL,
        next_attempt_at timestamptz NOT NULL DEFAULT now(),
        lease_owner text,
        lease_until timestamptz,
        sending_since timestamptz,
        external_id text,
        url text,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CHECK (authorised OR status = 'failed'),
        CHECK ((status = 'sending') = (lease_owner IS NOT NULL))
      )`);
    await runner.query(`
      CREATE INDEX deliveries_open ON integrations.deliveries (next_attempt_at)
        WHERE status IN ('planned', 'sending')`);
    await runner.query(`
      CREATE INDEX deliveries_by_meeting ON integrations.deliveries (workspace_id, meeting_id, id DESC)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE integrations.deliveries`);
    await runner.query(`DROP TABLE integrations.connections`);
  }
}
