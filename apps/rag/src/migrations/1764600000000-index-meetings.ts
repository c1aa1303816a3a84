import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Meetings are found like documents: their segments are kept, and cut into chunks of their own. */
export class IndexMeetings1764600000000 implements MigrationInterface {
  readonly name = 'IndexMeetings1764600000000';

  async up(runner: QueryRunner): Promise<void> {
    // `revision` counts what changed; the index is up to date when it has seen the last change.
    await runner.query(`
      CREATE TABLE rag.meetings (
        id uuid PRIMARY KEY,
        workspace_id text NOT NULL,
        title text NOT NULL DEFAULT '',
        started_at timestamptz,
        ended_at timestamptz,
        revision integer NOT NULL DEFAULT 0,
        indexed_revision integer,
        chunk_count integer NOT NULL DEFAULT 0,
        word_count integer NOT NULL DEFAULT 0
      )`);
    await runner.query(`
      CREATE INDEX meetings_to_index ON rag.meetings (ended_at)
      WHERE indexed_revision IS DISTINCT FROM revision`);
    await runner.query(
      `CREATE INDEX meetings_by_workspace ON rag.meetings (workspace_id, started_at)`,
    );
    await runner.query(`
      CREATE TABLE rag.segments (
        id text PRIMARY KEY,
        meeting_id uuid NOT NULL REFERENCES rag.meetings ON DELETE CASCADE,
        revision integer NOT NULL,
        speaker text,
        start_ms integer NOT NULL,
        end_ms integer NOT NULL,
        text text NOT NULL
      )`);
    await runner.query(
      `CREATE INDEX segments_as_spoken ON rag.segments (meeting_id, start_ms, id)`,
    );
    await runner.query(`
      ALTER TABLE rag.chunks
        ALTER document_id DROP NOT NULL,
        ADD meeting_id uuid REFERENCES rag.meetings ON DELETE CASCADE,
        ADD segment_ids text[],
        ADD start_ms integer,
        ADD end_ms integer,
        ADD source_id uuid GENERATED ALWAYS AS (coalesce(document_id, meeting_id)) STORED,
        ADD CHECK (num_nonnulls(document_id, meeting_id) = 1),
        ADD CHECK (num_nonnulls(meeting_id, segment_ids, start_ms, end_ms) IN (0, 4)),
        ADD UNIQUE (meeting_id, ordinal)`);
    await runner.query(`ALTER TABLE rag.documents ADD tags text[] NOT NULL DEFAULT '{}'`);
    await runner.query(`
      ALTER TABLE rag.documents
        DROP CONSTRAINT documents_mime_type_check,
        ADD CONSTRAINT documents_mime_type_check CHECK (mime_type IN (
          'text/plain', 'text/markdown', 'text/html', 'text/vtt', 'application/x-subrip', 'application/pdf',
          'application/vnd.openxmlformats-officedocument.wordprocessingml.document'))`);
    await runner.query(`
      CREATE VIEW rag.sources AS
        SELECT id, workspace_id, 'document' AS kind, title, created_at AS happened_at, tags,
               chunk_count, word_count
        FROM rag.documents
        UNION ALL
        SELECT id, workspace_id, 'meeting', title, started_at, '{}'::text[], chunk_count, word_count
        FROM rag.meetings`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP VIEW rag.sources`);
    await runner.query(`DELETE FROM rag.chunks WHERE meeting_id IS NOT NULL`);
    await runner.query(`
      ALTER TABLE rag.chunks
        DROP source_id, DROP meeting_id, DROP segment_ids, DROP start_ms, DROP end_ms,
        ALTER document_id SET NOT NULL`);
    await runner.query(`DROP TABLE rag.segments`);
    await runner.query(`DROP TABLE rag.meetings`);
    await runner.query(`
      DELETE FROM rag.documents
      WHERE mime_type NOT IN ('text/plain', 'text/markdown', 'application/pdf')`);
    await runner.query(`
      ALTER TABLE rag.documents
        DROP tags,
        DROP CONSTRAINT documents_mime_type_check,
        ADD CONSTRAINT documents_mime_type_check
          CHECK (mime_type IN ('text/plain', 'text/markdown', 'application/pdf'))`);
  }
}
