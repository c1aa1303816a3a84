import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Told by `refuse_erased` in place of a row; not a class that PostgreSQL uses. */
export const MEETING_ERASED = 'PY410';

/**
 * The tombstones of `schema`, and the function that lets no row of an erased meeting in: whoever writes one, be it
 * late, again or in a replica that has not heard of the erasure, is refused by the database itself.
 */
export function erasedMeetingsMigration(schema: string): new () => MigrationInterface {
  return class RememberErasedMeetings implements MigrationInterface {
    readonly name = 'RememberErasedMeetings1764900000000';

    async up(runner: QueryRunner): Promise<void> {
      await runner.query(`
        CREATE TABLE ${schema}.erased_meetings (
          meeting_id text PRIMARY KEY,
          erased_at timestamptz NOT NULL DEFAULT clock_timestamp()
        )`);
      // Its argument is the column that names the meeting; of the outbox it is the envelope that does.
      await runner.query(`
        CREATE FUNCTION ${schema}.refuse_erased() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE named text;
        BEGIN
          IF current_setting('parley.erasing', true) = 'on' THEN RETURN NEW; END IF;
          IF TG_TABLE_NAME = 'outbox' THEN
            IF NEW.envelope->>'type' IN ('meeting.erased', 'meeting.forgotten', 'audit.recorded') THEN
              RETURN NEW;
            END IF;
            named := NEW.envelope->>'meetingId';
          ELSE
            named := to_jsonb(NEW)->>TG_ARGV[0];
          END IF;
          IF EXISTS (SELECT 1 FROM ${schema}.erased_meetings WHERE meeting_id = named) THEN
            RAISE EXCEPTION 'the meeting was erased' USING ERRCODE = '${MEETING_ERASED}';
          END IF;
          RETURN NEW;
        END $$`);
      await runner.query(`
        CREATE TRIGGER refuse_erased BEFORE INSERT ON ${schema}.outbox
          FOR EACH ROW EXECUTE FUNCTION ${schema}.refuse_erased()`);
      await runner.query(
        `CREATE INDEX outbox_of_meeting ON ${schema}.outbox ((envelope->>'meetingId'))`,
      );
    }

    async down(runner: QueryRunner): Promise<void> {
      await runner.query(`DROP INDEX ${schema}.outbox_of_meeting`);
      await runner.query(`DROP FUNCTION ${schema}.refuse_erased CASCADE`);
      await runner.query(`DROP TABLE ${schema}.erased_meetings`);
    }
  };
}
