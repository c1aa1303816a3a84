import { FakeOpenAi, json } from '../text/openai-server.fake';
import { OpenAiEmbeddingEngine } from './openai-embedding.engine';

const vectorOf = (first: number, dimensions = 512): number[] => [
  first,
  ...Array.from({ length: dimensions - 1 }, () => 1),
];

// Real: HTTP on loopback and the openai SDK. Fake: the model.
describe('OpenAiEmbeddingEngine', () => {
  let server: FakeOpenAi;
  let engine: OpenAiEmbeddingEngine;
  beforeEach(async () => {
    server = new FakeOpenAi();
    engine = new OpenAiEmbeddingEngine(
      { OPENAI_BASE_URL: await server.start(), OPENAI_API_KEY: undefined },
      'small',
      { timeoutMs: 5_000 },
    );
  });
  afterEach(() => server.stop());

  it('asks for 512 dimensions and gives unit vectors in the order of the texts', async () => {
    server.answer = json({
      data: [
        { index: 1, embedding: vectorOf(2) },
        { index: 0, embedding: vectorOf(-2) },
      ],
    });
    const [first, second] = await engine.embed(['one', 'two']);
    expect(server.requests[0]?.body).toMatchObject({ model: 'small', dimensions: 512 });
    expect(first?.[0]).toBeLessThan(0);
    expect(second?.[0]).toBeGreaterThan(0);
    expect(Math.hypot(...(first ?? []))).toBeCloseTo(1, 5);
    expect(engine.name).toBe('openai:small:512');
  });

  it.each([
    ['a vector is missing', json({ data: [] })],
    ['the model has other dimensions', json({ data: [{ index: 0, embedding: vectorOf(1, 768) }] })],
    ['a vector is zero', json({ data: [{ index: 0, embedding: Array(512).fill(0) }] })],
    ['the answer is no JSON', json('<html>')],
  ])('says that the model failed when %s', async (_what, answer) => {
    server.answer = answer;
    await expect(engine.embed(['one'])).rejects.toMatchObject({ reason: 'out-of-shape' });
  });

  it('never falls back to another model: vectors of two models do not compare', async () => {
    server.answer = json({ error: { message: 'no such model' } }, 404);
    await expect(engine.embed(['one'])).rejects.toMatchObject({
      name: 'ModelFailedError',
      reason: 'refused',
    });
  });
});
