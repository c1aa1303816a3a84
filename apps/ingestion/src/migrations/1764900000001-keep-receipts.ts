import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was erased, when and where, without a word of what it was. */
export class KeepReceipts1764900000001 implements MigrationInterface {
  readonly name = 'KeepReceipts1764900000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ingestion.erasures (
        id uuid PRIMARY KEY,
        workspace_id text NOT NULL,
        meeting_id uuid NOT NULL UNIQUE,
        reason text NOT NULL CHECK (reason IN ('requested', 'retention', 'off-the-record')),
        requested_at timestamptz NOT NULL,
        asked_at timestamptz NOT NULL,
        completed_at timestamptz,
        looked_after_at timestamptz,
        receipt jsonb,
        signature jsonb
      )`);
    await runner.query(`
      CREATE INDEX erasures_unfinished ON ingestion.erasures (asked_at)
        WHERE completed_at IS NULL OR looked_after_at IS NULL`);
    await runner.query(
      `CREATE INDEX erasures_newest_first ON ingestion.erasures (workspace_id, id DESC)`,
    );
    await runner.query(`
      CREATE TABLE ingestion.erasure_reports (
        event_id uuid PRIMARY KEY,
        erasure_id uuid NOT NULL REFERENCES ingestion.erasures ON DELETE CASCADE,
        workspace_id text NOT NULL,
        service text NOT NULL,
        at timestamptz NOT NULL,
        stores jsonb NOT NULL
      )`);
    await runner.query(
      `CREATE INDEX erasure_reports_of ON ingestion.erasure_reports (erasure_id, at)`,
    );
    // One key for all replicas; who can write to this database could change the receipts themselves, too.
    await runner.query(`
      CREATE TABLE ingestion.receipt_key (
        one boolean PRIMARY KEY DEFAULT true CHECK (one),
        private_key text NOT NULL,
        made_at timestamptz NOT NULL DEFAULT now()
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['receipt_key', 'erasure_reports', 'erasures']) {
      await runner.query(`DROP TABLE ingestion.${table}`);
    }
  }
}
