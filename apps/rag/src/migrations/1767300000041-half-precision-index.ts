import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Bytes: of rows that are larger something is kept elsewhere. */
const HALF_A_PAGE = 4_080;

/**
 * The index holds each number in two bytes instead of four: half as much to be read and kept in memory. Which chunks are near is
 * found in it; how near they are is still told of the whole vectors, which stand in the row from now on: whoever read the row for its
 * words has them at hand, where each was five pages elsewhere. Those that are there stay elsewhere until they are made anew.
 */
export class HalfPrecisionIndex1767300000041 implements MigrationInterface {
  readonly name = 'HalfPrecisionIndex1767300000041';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE rag.chunks
      ALTER COLUMN embedding SET STORAGE MAIN, SET (toast_tuple_target = ${HALF_A_PAGE})`);
    await runner.query(`DROP INDEX rag.chunks_by_vector`);
    await runner.query(`
      CREATE INDEX chunks_by_vector ON rag.chunks
      USING hnsw ((embedding::public.halfvec(512)) public.halfvec_cosine_ops)`);
    await runner.query(
      nearestChunks(
        `c.embedding::public.halfvec(512) OPERATOR(public.<=>) query::public.halfvec(512)`,
      ),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE rag.chunks
      ALTER COLUMN embedding SET STORAGE EXTERNAL, RESET (toast_tuple_target)`);
    await runner.query(`DROP INDEX rag.chunks_by_vector`);
    await runner.query(
      `CREATE INDEX chunks_by_vector ON rag.chunks USING hnsw (embedding public.vector_cosine_ops)`,
    );
    await runner.query(nearestChunks(`c.embedding OPERATOR(public.<=>) query`));
  }
}

/** As it was made, but for what `nearness` orders by. */
function nearestChunks(nearness: string): string {
  return `
    CREATE OR REPLACE FUNCTION rag.nearest_chunks(
      in_workspace text, in_sources uuid[], of_engine text, query public.vector, most integer)
    RETURNS TABLE (id uuid, source_id uuid, ordinal integer, cosine double precision)
    LANGUAGE plpgsql STABLE
    SET hnsw.iterative_scan = strict_order
    SET hnsw.ef_search = 100
    SET plan_cache_mode = force_custom_plan
    AS $$
    BEGIN
      RETURN QUERY
        SELECT c.id, c.source_id, c.ordinal, 1 - (c.embedding OPERATOR(public.<=>) query)
        FROM rag.chunks c
        WHERE c.workspace_id = in_workspace
          AND (in_sources IS NULL OR c.source_id = ANY(in_sources))
          AND c.embedding_engine = of_engine
        ORDER BY ${nearness} LIMIT most;
    END $$`;
}
