import type { MigrationInterface, QueryRunner } from 'typeorm';
import { MEETING_ERASED } from './erased-meetings.migration';

/** Events that hold what was said, word for word. */
export const EVENTS_OF_WORDS = ['transcript.final', 'insight.created'] as const;
/** Events that may quote it. */
export const EVENTS_WITH_QUOTES = [
  'suggestion.created',
  'suggestion.decided',
  'summary.updated',
  'action.approved',
  'delivery.succeeded',
  'delivery.failed',
  'delivery.uncertain',
] as const;

/** A list for SQL. */
export function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(', ');
}

/**
 * The second kind of tombstone: of a meeting of which only notes may be kept. `refuse_words` lets nothing in that was
 * said; `without_quotes` takes out of a document, at any depth, the citations that quote it.
 */
export function reducedMeetingsMigration(schema: string): new () => MigrationInterface {
  return class RememberReducedMeetings implements MigrationInterface {
    readonly name = 'RememberReducedMeetings1765200000001';

    async up(runner: QueryRunner): Promise<void> {
      await runner.query(`
        CREATE TABLE ${schema}.reduced_meetings (
          meeting_id text PRIMARY KEY,
          reduced_at timestamptz NOT NULL DEFAULT clock_timestamp()
        )`);
      await runner.query(`
        CREATE FUNCTION ${schema}.refuse_words() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE named text;
        BEGIN
          IF TG_TABLE_NAME = 'outbox' THEN
            IF NOT NEW.envelope->>'type' IN (${quoted(EVENTS_OF_WORDS)}) THEN RETURN NEW; END IF;
            named := NEW.envelope->>'meetingId';
          ELSE
            named := to_jsonb(NEW)->>TG_ARGV[0];
          END IF;
          IF EXISTS (SELECT 1 FROM ${schema}.reduced_meetings WHERE meeting_id = named) THEN
            RAISE EXCEPTION 'only notes are kept of the meeting' USING ERRCODE = '${MEETING_ERASED}';
          END IF;
          RETURN NEW;
        END $$`);
      await runner.query(`
        CREATE TRIGGER refuse_words BEFORE INSERT ON ${schema}.outbox
          FOR EACH ROW EXECUTE FUNCTION ${schema}.refuse_words()`);
      await runner.query(`
        CREATE FUNCTION ${schema}.without_quotes(document jsonb) RETURNS jsonb
        LANGUAGE plpgsql IMMUTABLE AS $$
        BEGIN
          CASE jsonb_typeof(document)
          WHEN 'array' THEN
            RETURN (SELECT coalesce(jsonb_agg(${schema}.without_quotes(item) ORDER BY position), '[]')
              FROM jsonb_array_elements(document) WITH ORDINALITY AS items(item, position)
              WHERE NOT (jsonb_typeof(item) = 'object' AND item ? 'quote'
                AND item->>'type' = 'segment'));
          WHEN 'object' THEN
            RETURN (SELECT coalesce(jsonb_object_agg(key, ${schema}.without_quotes(value)), '{}')
              FROM jsonb_each(document));
          ELSE RETURN document;
          END CASE;
        END $$`);
    }

    async down(runner: QueryRunner): Promise<void> {
      await runner.query(`DROP FUNCTION ${schema}.without_quotes`);
      await runner.query(`DROP FUNCTION ${schema}.refuse_words CASCADE`);
      await runner.query(`DROP TABLE ${schema}.reduced_meetings`);
    }
  };
}
