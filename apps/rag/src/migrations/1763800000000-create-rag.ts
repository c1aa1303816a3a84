import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateRag1763800000000 implements MigrationInterface {
  readonly name = 'CreateRag1763800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE EXTENSION IF NOT EXISTS vector SCHEMA public`);
    await runner.query(`
      CREATE TABLE rag.documents (
        id uuid PRIMARY KEY,
        workspace_id text NOT NULL DEFAULT 'default',
        title text NOT NULL,
        mime_type text NOT NULL
          CHECK (mime_type IN ('text/plain', 'text/markdown', 'application/pdf')),
        content_hash text NOT NULL,
        size_bytes integer NOT NULL,
        pages integer,
        chunk_count integer NOT NULL,
        word_count integer NOT NULL,
        created_at timestamptz NOT NULL,
        UNIQUE (workspace_id, content_hash)
      )`);
    await runner.query(
      `CREATE INDEX documents_newest_first ON rag.documents (workspace_id, id DESC)`,
    );
    // A vector is comparable only with vectors of its engine: the name stands beside it.
    await runner.query(`
      CREATE TABLE rag.chunks (
        id uuid PRIMARY KEY,
        workspace_id text NOT NULL DEFAULT 'default',
        document_id uuid NOT NULL REFERENCES rag.documents ON DELETE CASCADE,
        ordinal integer NOT NULL,
        context text NOT NULL,
        text text NOT NULL,
        page integer,
        word_count integer NOT NULL,
        embedding public.vector(512),
        embedding_engine text,
        search tsvector NOT NULL GENERATED ALWAYS AS (
          setweight(to_tsvector('pg_catalog.english'::regconfig, context), 'B') ||
          setweight(to_tsvector('pg_catalog.english'::regconfig, text), 'A')
        ) STORED,
        UNIQUE (document_id, ordinal),
        CHECK ((embedding IS NULL) = (embedding_engine IS NULL))
      )`);
    await runner.query(`CREATE INDEX chunks_by_words ON rag.chunks USING gin (search)`);
    await runner.query(
      `CREATE INDEX chunks_by_vector ON rag.chunks USING hnsw (embedding public.vector_cosine_ops)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE rag.chunks`);
    await runner.query(`DROP TABLE rag.documents`);
  }
}
