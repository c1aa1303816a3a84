import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateAgent1763800000000 implements MigrationInterface {
  readonly name = 'CreateAgent1763800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE agent.meetings (
        id uuid PRIMARY KEY,
        workspace_id text NOT NULL DEFAULT 'default',
        title text,
        participants jsonb NOT NULL DEFAULT '[]',
        time_zone text NOT NULL DEFAULT 'UTC',
        channels jsonb,
        ended_at timestamptz,
        summarised_at timestamptz
      )`);
    await runner.query(
      `CREATE INDEX meetings_to_summarise ON agent.meetings (ended_at)
       WHERE ended_at IS NOT NULL AND summarised_at IS NULL`,
    );
    await runner.query(`
      CREATE TABLE agent.completed_channels (
        meeting_id uuid NOT NULL,
        channel text NOT NULL,
        finals integer NOT NULL,
        workspace_id text NOT NULL DEFAULT 'default',
        PRIMARY KEY (meeting_id, channel)
      )`);
    await runner.query(`
      CREATE TABLE agent.lines (
        segment_id text PRIMARY KEY,
        meeting_id uuid NOT NULL,
        workspace_id text NOT NULL DEFAULT 'default',
        channel text NOT NULL,
        start_ms integer NOT NULL,
        revision integer NOT NULL,
        segment jsonb NOT NULL,
        insight jsonb NOT NULL
      )`);
    await runner.query(`CREATE INDEX lines_of_meeting ON agent.lines (meeting_id, start_ms)`);
    await runner.query(`
      CREATE TABLE agent.suggestions (
        id uuid PRIMARY KEY,
        meeting_id uuid NOT NULL,
        workspace_id text NOT NULL DEFAULT 'default',
        kind text NOT NULL
          CHECK (kind IN ('question', 'fact', 'task', 'message', 'email', 'event', 'page')),
        text text NOT NULL,
        arguments jsonb NOT NULL,
        confidence real NOT NULL,
        reasons jsonb NOT NULL,
        citations jsonb NOT NULL,
        status text NOT NULL CHECK (status IN ('pending', 'approved', 'rejected', 'expired')),
        decided_by text,
        reject_reason text,
        engine text NOT NULL,
        degraded boolean NOT NULL,
        origin_segment_id text NOT NULL,
        at_ms integer NOT NULL,
        dedupe_key text NOT NULL,
        UNIQUE (meeting_id, kind, dedupe_key),
        UNIQUE (origin_segment_id, kind)
      )`);
    await runner.query(`CREATE INDEX suggestions_of_meeting ON agent.suggestions (meeting_id, id)`);
    await runner.query(`
      CREATE TABLE agent.actions (
        id uuid PRIMARY KEY,
        suggestion_id uuid NOT NULL UNIQUE REFERENCES agent.suggestions,
        meeting_id uuid NOT NULL,
        workspace_id text NOT NULL DEFAULT 'default',
        status text NOT NULL CHECK (status IN ('approved', 'delivered', 'failed', 'uncertain')),
        approved jsonb NOT NULL,
        sent_at timestamptz NOT NULL
      )`);
    await runner.query(
      `CREATE INDEX actions_waiting ON agent.actions (sent_at) WHERE status = 'approved'`,
    );
    await runner.query(`
      CREATE TABLE agent.summaries (
        meeting_id uuid NOT NULL,
        version integer NOT NULL,
        workspace_id text NOT NULL DEFAULT 'default',
        status text NOT NULL CHECK (status IN ('rolling', 'final', 'edited')),
        summary jsonb NOT NULL,
        PRIMARY KEY (meeting_id, version)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'summaries',
      'actions',
      'suggestions',
      'lines',
      'completed_channels',
      'meetings',
    ]) {
      await runner.query(`DROP TABLE agent.${table}`);
    }
  }
}
