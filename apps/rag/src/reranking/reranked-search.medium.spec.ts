import { steadyClock } from '@parley/contracts';
import { POLICY, RunningRag } from '../testing/running-rag';
import { FakeRerankEndpoint } from './rerank-endpoint.fake';

const QUESTION = 'What may a hotel cost?';
const FIRST_REST_MS = 10_000;

// Real: Postgres, the embedding model, the service over HTTP. Fake: the endpoint, and how long it is left alone.
describe('search with a re-ranking model', () => {
  const endpoint = new FakeRerankEndpoint('documents');
  let rag: RunningRag;
  let nowMs = 0;

  beforeAll(async () => {
    jest.spyOn(steadyClock, 'now').mockImplementation(() => nowMs);
    await endpoint.start();
    rag = await RunningRag.start({
      RAG_RERANK_URL: endpoint.url,
      RAG_RERANK_MODEL: 'fake',
      RAG_RERANK_SECONDS: '0.3',
    });
    await rag.upload(POLICY, 'travel.md');
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await rag.stop();
    await endpoint.stop();
  });
  beforeEach(() => {
    endpoint.rates((text) => (text.includes('Trains') ? 7 : -3));
  });

  it('lists hits as the model rates them, and says where each stood before', async () => {
    const { items, degraded } = await rag.search(QUESTION, { explain: true });
    expect(degraded).toBe(false);
    expect(items.map(({ text }) => text.split(' ')[0])).toEqual(['Trains', 'A']);
    expect(items.map(({ scores }) => scores.reranked)).toEqual([7, -3]);
    expect(items.map(({ explanation }) => explanation?.placeBefore)).toEqual([2, 1]);
    expect(endpoint.asked()).toMatchObject({ query: QUESTION, model: 'fake' });
  });

  it('asks about more hits than are listed, for the best may stand further down', async () => {
    const { items } = await rag.search(QUESTION, { limit: 1 });
    expect(items).toHaveLength(1);
    expect(items[0]?.text).toContain('Trains');
    expect(endpoint.asked().texts).toHaveLength(2);
  });

  it('shows the model among what the service needs', async () => {
    const { dependencies } = await rag.get<{ dependencies: object }>('/health');
    expect(dependencies).toMatchObject({ reranking: { status: 'up', engine: 'rerank:fake' } });
  });

  it('asks nothing when nothing was found', async () => {
    const asked = endpoint.requests.length;
    expect((await rag.search('xylophone', { mode: 'keyword' })).items).toEqual([]);
    expect(endpoint.requests).toHaveLength(asked);
  });

  it('keeps its own order and says so when the model fails, leaves it alone, and asks again', async () => {
    endpoint.hangs();
    const found = await rag.search(QUESTION, { explain: true });
    expect(found.degraded).toBe(true);
    expect(found.items[0]?.text).toContain('hotel');
    expect(found.items[0]?.scores).not.toHaveProperty('reranked');
    expect(found.items[0]?.explanation).not.toHaveProperty('placeBefore');
    const asked = endpoint.requests.length;
    expect((await rag.search(QUESTION)).degraded).toBe(true);
    expect(endpoint.requests).toHaveLength(asked);
    const metrics = await (await rag.fetch('/metrics')).text();
    expect(metrics).toMatch(/rag_model_endpoint_resting\{engine="rerank:fake",who="everybody"\} 1/);
    expect(metrics).toMatch(/rag_model_fallbacks_total\{engine="rerank:fake",reason="resting"\} 1/);

    endpoint.rates(() => 1);
    nowMs += FIRST_REST_MS;
    expect((await rag.search(QUESTION)).degraded).toBe(false);
  });
});
