import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which calendars meetings are planned from. Of what stands in them only hashes are kept, to tell what changed. */
export class KeepCalendarFeeds1766100000000 implements MigrationInterface {
  readonly name = 'KeepCalendarFeeds1766100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE integrations.calendar_feeds (
        id uuid PRIMARY KEY,
        workspace_id text NOT NULL,
        name text NOT NULL,
        host text NOT NULL,
        time_zone text NOT NULL,
        secrets text NOT NULL,
        key_id text NOT NULL,
        etag text,
        last_modified text,
        read_until timestamptz,
        revision integer NOT NULL DEFAULT 0,
        left_out integer NOT NULL DEFAULT 0,
        unread integer NOT NULL DEFAULT 0,
        refreshed_at timestamptz,
        failing_since timestamptz,
        failures integer NOT NULL DEFAULT 0,
        failure text,
        next_at timestamptz NOT NULL DEFAULT now(),
        lease_owner uuid,
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (workspace_id, name)
      )`);
    await runner.query(`
      CREATE INDEX calendar_feeds_due ON integrations.calendar_feeds (next_at)`);
    await runner.query(`
      CREATE TABLE integrations.calendar_events (
        feed_id uuid NOT NULL REFERENCES integrations.calendar_feeds (id) ON DELETE CASCADE,
        key text NOT NULL,
        hash text NOT NULL,
        ends_at timestamptz NOT NULL,
        PRIMARY KEY (feed_id, key)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE integrations.calendar_events`);
    await runner.query(`DROP TABLE integrations.calendar_feeds`);
  }
}
