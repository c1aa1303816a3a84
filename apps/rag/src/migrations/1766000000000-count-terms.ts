import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * In how many chunks of a workspace each word stands, counted while chunks come and go: search asks for it with every
 * word, and counting a common one anew reads most of the chunks. Words go with the last chunk that holds them.
 */
export class CountTerms1766000000000 implements MigrationInterface {
  readonly name = 'CountTerms1766000000000';

  async up(runner: QueryRunner): Promise<void> {
    // A chunk that another replica writes after the counting and before the triggers would never be counted.
    await runner.query(`LOCK TABLE rag.chunks IN SHARE ROW EXCLUSIVE MODE`);
    await runner.query(`
      CREATE TABLE rag.term_counts (
        workspace_id text NOT NULL,
        term text NOT NULL,
        chunks integer NOT NULL,
        PRIMARY KEY (workspace_id, term)
      ) WITH (fillfactor = 70)`);
    await runner.query(`
      INSERT INTO rag.term_counts
      SELECT workspace_id, term, count(*)
      FROM rag.chunks, unnest(tsvector_to_array(search)) AS term GROUP BY workspace_id, term`);
    // The text of a chunk is never changed in place: it is removed, and another one stored. Who writes first holds
    // the workspace until the end of his transaction: two that take the words in another order would wait for each other.
    await runner.query(`
      CREATE FUNCTION rag.count_terms() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE sign integer := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
      BEGIN
        PERFORM pg_advisory_xact_lock(hashtextextended('rag.term_counts ' || workspace_id, 0))
        FROM (SELECT DISTINCT workspace_id FROM changed ORDER BY workspace_id) AS workspaces;
        INSERT INTO rag.term_counts AS known (workspace_id, term, chunks)
        SELECT workspace_id, term, sign * count(*)
        FROM changed, unnest(tsvector_to_array(search)) AS term GROUP BY workspace_id, term
        ON CONFLICT (workspace_id, term) DO UPDATE SET chunks = known.chunks + excluded.chunks;
        IF sign < 0 THEN
          DELETE FROM rag.term_counts WHERE chunks <= 0 AND workspace_id IN (SELECT workspace_id FROM changed);
        END IF;
        RETURN NULL;
      END $$`);
    for (const [event, rows] of [
      ['INSERT', 'NEW'],
      ['DELETE', 'OLD'],
    ]) {
      await runner.query(`
        CREATE TRIGGER count_terms_on_${event} AFTER ${event} ON rag.chunks
        REFERENCING ${rows} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rag.count_terms()`);
    }
    await runner.query(
      `CREATE INDEX term_counts_gone ON rag.term_counts (workspace_id) WHERE chunks <= 0`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TRIGGER count_terms_on_insert ON rag.chunks`);
    await runner.query(`DROP TRIGGER count_terms_on_delete ON rag.chunks`);
    await runner.query(`DROP FUNCTION rag.count_terms`);
    await runner.query(`DROP TABLE rag.term_counts`);
  }
}
