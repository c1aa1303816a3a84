import type { DataSource } from 'typeorm';
import { vectorLiteral } from '../../apps/rag/src/chunks/chunks.repository';
import type { QueryEmbedder } from '../../apps/rag/src/search/query-embedder';
import type { SearchRepository } from '../../apps/rag/src/search/search.repository';

const LISTED = 10;

/** Which share of the ten chunks that are truly nearest the index finds, in the mean over these questions. */
export async function indexRecall(
  rows: DataSource,
  repository: SearchRepository,
  embedder: QueryEmbedder,
  questions: string[],
): Promise<number> {
  let found = 0;
  for (const question of questions) {
    const query = await embedder.embed(question);
    if (!query) throw new Error('the embedding model failed');
    const near = await repository.near({ workspaceId: 'default' }, query, LISTED, []);
    const exact = await rows.transaction(async (manager) => {
      await manager.query(`SET LOCAL enable_indexscan = off`);
      return manager.query<{ id: string }[]>(
        `SELECT id FROM rag.chunks WHERE workspace_id = 'default' AND embedding_engine = $1
         ORDER BY embedding OPERATOR(public.<=>) $2::public.vector LIMIT ${LISTED}`,
        [query.engine, vectorLiteral(query.vector)],
      );
    });
    const truth = new Set(exact.map(({ id }) => id));
    found += near.filter(({ id }) => truth.has(id)).length / LISTED;
  }
  return found / questions.length;
}
