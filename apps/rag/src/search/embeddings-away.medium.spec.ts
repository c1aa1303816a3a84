import { steadyClock } from '@parley/contracts';
import { FakeService, type ArrangedAnswer } from '@parley/testing';
import { documentOf, RunningRag } from '../testing/running-rag';

const FIRST_REST_MS = 10_000;
const TEXT = 'The door code is changed on Monday.';

const vectors = (body: unknown): ArrangedAnswer => {
  const { input } = body as { input: string[] };
  const data = input.map((_text, index) => ({ index, embedding: Array<number>(512).fill(1) }));
  return { status: 200, body: { data } };
};

// Real: Postgres, the service, the openai SDK, HTTP. Fake: the embedding endpoint, and how long it is left alone.
describe('search while the embedding endpoint hangs', () => {
  let rag: RunningRag;
  let endpoint: FakeService;
  let nowMs = 0;

  beforeAll(async () => {
    jest.spyOn(steadyClock, 'now').mockImplementation(() => nowMs);
    endpoint = await FakeService.start();
    endpoint.on('POST /v1/embeddings', vectors);
    rag = await RunningRag.start({
      OPENAI_BASE_URL: `${endpoint.url}/v1`,
      OPENAI_EMBEDDING_MODEL: 'fake',
      RAG_QUERY_EMBEDDING_SECONDS: '0.3',
    });
    await rag.post('/v1/documents', { title: 'Doors', text: TEXT });
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await rag.stop();
    await endpoint.stop();
  });

  it('waits for it three times, then finds by words at once, and asks again after a rest', async () => {
    endpoint.on('POST /v1/embeddings', () => new Promise(() => undefined));
    for (let time = 0; time < 3; time++) {
      expect(await rag.search('door code')).toMatchObject({ degraded: true });
    }
    const asked = endpoint.asked.length;
    const found = await rag.search('door code');
    expect(found.degraded).toBe(true);
    expect(found.items[0]?.text).toBe(TEXT);
    expect(endpoint.asked).toHaveLength(asked);
    const metrics = await (await rag.fetch('/metrics')).text();
    const resting = 'rag_model_endpoint_resting{engine="openai:fake:512"';
    expect(metrics).toContain(`${resting},who="impatient"} 1`);
    expect(metrics).toContain(`${resting},who="everybody"} 0`);
    expect(metrics).toMatch(/rag_model_fallbacks_total\{.*reason="resting"\} 1/);

    endpoint.on('POST /v1/embeddings', vectors);
    nowMs = FIRST_REST_MS;
    expect(await rag.search('door code')).toMatchObject({ degraded: false });
  });

  it('lets documents have their vectors meanwhile if it answers them, since they have time', async () => {
    endpoint.on('POST /v1/embeddings', () => new Promise(() => undefined));
    for (let time = 0; time < 3; time++) await rag.search('door code');
    endpoint.on('POST /v1/embeddings', vectors);
    expect(await rag.search('door code')).toMatchObject({ degraded: true });
    const indexed = await rag.post('/v1/documents', {
      title: 'Keys',
      text: 'Keys are at the desk.',
    });
    expect((await documentOf(indexed)).vectors).toBe(true);
  });
});
