import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The search for the nearest vectors, with what it needs of the index set for its own time only. Without the scan going
 * on, the index stops after `ef_search` rows, most of which another workspace may own. Planned anew each time: a plan for
 * any number of rows reads the whole table.
 */
export class NearestChunks1767300000030 implements MigrationInterface {
  readonly name = 'NearestChunks1767300000030';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION rag.nearest_chunks(
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
          ORDER BY c.embedding OPERATOR(public.<=>) query LIMIT most;
      END $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP FUNCTION rag.nearest_chunks`);
  }
}
