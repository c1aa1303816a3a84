import { DataSource } from 'typeorm';
import { documentOf, POLICY, RunningRag } from '../testing/running-rag';
import type { DocumentView } from '../documents/document.dto';
import { ChunkEmbedder } from './chunk-embedder';
import { VectorBackfill } from './vector-backfill';

// Real: Postgres (embedded) with pgvector, the embedding model, the service over HTTP.
describe('an index whose embedding model was changed', () => {
  let rag: RunningRag;
  let id: string;

  beforeAll(async () => {
    rag = await RunningRag.start();
    ({ id } = await documentOf(await rag.upload(POLICY, 'travel.md')));
  });
  afterAll(() => rag.stop());

  /** As if another model had made the vectors of the first so many chunks. */
  const madeByAnother = async (chunks: number): Promise<void> => {
    await rag
      .part(DataSource)
      .query(`UPDATE rag.chunks SET embedding_engine = 'another-model' WHERE ordinal < $1`, [
        chunks,
      ]);
  };
  const vectors = async (): Promise<boolean> =>
    (await rag.get<DocumentView>(`/v1/documents/${id}`)).vectors;

  it('is searched by words meanwhile, and by meaning once its vectors are made anew', async () => {
    await madeByAnother(2);
    expect(await vectors()).toBe(false);
    const { items, degraded } = await rag.search('What may a hotel cost?');
    expect(items[0]?.text).toContain('140 euros');
    expect(items[0]?.scores.vector).toBeUndefined();
    expect(degraded).toBe(false);
    expect((await rag.search('hotel', { mode: 'vector' })).items).toEqual([]);

    expect(await rag.part(VectorBackfill).run()).toBe(true);
    expect(await vectors()).toBe(true);
    const [found] = (await rag.search('hotel', { mode: 'vector' })).items;
    expect(found?.scores.vector).toBeGreaterThan(0.3);
  });

  it('goes on where it stopped: what has its vector is not made again', async () => {
    await madeByAnother(1);
    const embed = jest.spyOn(rag.part(ChunkEmbedder), 'embed');
    expect(await rag.part(VectorBackfill).run()).toBe(true);
    expect(embed.mock.calls.flatMap(([chunks]) => chunks)).toHaveLength(1);
    embed.mockRestore();
  });
});
