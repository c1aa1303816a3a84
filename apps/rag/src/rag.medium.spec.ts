import { DataSource } from 'typeorm';
import { ChunksRepository } from './chunks/chunks.repository';
import { DocumentsRepository } from './documents/documents.repository';
import { SearchRepository } from './search/search.repository';
import { documentOf, POLICY, RunningRag } from './testing/running-rag';

// Real: Postgres (embedded) with pgvector, the embedding model, the service over HTTP.
describe('the workspaces of rag', () => {
  let rag: RunningRag;

  beforeAll(async () => {
    rag = await RunningRag.start();
  });
  afterAll(() => rag.stop());

  it('shows nothing of one to another: not in lists, not by id, not in any kind of search', async () => {
    const { id } = await documentOf(await rag.upload(POLICY, 'travel.md'));
    const documents = rag.part(DocumentsRepository);
    const chunks = rag.part(SearchRepository);
    const theirs = { workspaceId: 'theirs', sourceIds: [id] };
    const ours = { ...theirs, workspaceId: 'default' };
    const query = { engine: 'use-lite-512/sentences', vector: new Float32Array(512).fill(0.04) };
    const hits = await chunks.near(ours, query, 10, []);

    expect(hits).toHaveLength(2);
    expect(await chunks.near(theirs, query, 10, [])).toEqual([]);
    expect(await chunks.holding(ours, { any: ['hotel'] }, ['hotel'], 10)).not.toEqual([]);
    expect(await chunks.holding(theirs, { any: ['hotel'] }, ['hotel'], 10)).toEqual([]);
    const ids = hits.map((hit) => hit.id);
    expect((await chunks.load(theirs, ids, [])).size).toBe(0);
    expect(await chunks.near(ours, query, 0, ids)).toHaveLength(2);
    expect(await chunks.near(theirs, query, 10, ids)).toEqual([]);
    expect(await chunks.corpus('theirs', 'hotel')).toMatchObject({ chunks: 0 });
    const passages = rag.part(ChunksRepository);
    expect(await passages.ofDocument('theirs', id, -1, 10)).toEqual([]);
    expect(await passages.find('theirs', ids[0] ?? '')).toBeNull();
    expect(await documents.find('theirs', id)).toBeNull();
    expect(await documents.list('theirs', 10)).toEqual([]);
    const { manager } = rag.part(DataSource);
    expect(await documents.remove(manager, 'theirs', id)).toBe(false);
  });
});
