import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The mode of a meeting may change while it runs, and people may opt out of it. */
export class SwitchPrivacy1764900000002 implements MigrationInterface {
  readonly name = 'SwitchPrivacy1764900000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE ingestion.meetings
        ADD privacy_epoch integer NOT NULL DEFAULT 0,
        ADD recorded boolean NOT NULL DEFAULT true`);
    await runner.query(`
      CREATE TABLE ingestion.consents (
        id uuid PRIMARY KEY,
        meeting_id uuid NOT NULL REFERENCES ingestion.meetings ON DELETE CASCADE,
        workspace_id text NOT NULL,
        participant_id uuid NOT NULL,
        consent text NOT NULL CHECK (consent IN ('granted', 'declined', 'unknown')),
        method text NOT NULL CHECK (method IN ('spoken', 'written', 'platform', 'other')),
        given_at timestamptz NOT NULL,
        recorded_at timestamptz NOT NULL,
        recorded_by text NOT NULL
      )`);
    await runner.query(`CREATE INDEX consents_of_meeting ON ingestion.consents (meeting_id, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE ingestion.consents`);
    await runner.query(`ALTER TABLE ingestion.meetings DROP recorded, DROP privacy_epoch`);
  }
}
