import { z } from 'zod';
import { OpenAiEmbeddingEngine } from '../embedding/openai-embedding.engine';
import { completion, FakeOpenAi, json, streamed } from '../text/openai-server.fake';
import { OpenAiTextEngine } from '../text/openai-text.engine';
import { EndpointGuard } from './endpoint-guard';
import { GuardedEmbeddingEngine } from './guarded-embedding.engine';
import { GuardedTextEngine } from './guarded-text.engine';

const prose = { name: 'decision', instructions: 'Find the decision.', input: 'Tuesday it is.' };
const request = { ...prose, schema: z.object({ decision: z.string() }) };
const DECISION = completion('{"decision":"Tuesday"}');
const PIECES = ['It is ', 'on Tuesday.'];
const AWAY = json({ error: {} }, 500);
const RESTING = { name: 'ModelFailedError', reason: 'resting' };

// Real: HTTP on loopback and the openai SDK. Fake: the model, the clock of the guard.
describe('a model whose endpoint fails', () => {
  let server: FakeOpenAi;
  let nowMs: number;
  let text: GuardedTextEngine;
  let embeddings: GuardedEmbeddingEngine;

  beforeEach(async () => {
    nowMs = 0;
    server = new FakeOpenAi();
    const settings = { OPENAI_BASE_URL: await server.start(), OPENAI_API_KEY: undefined };
    const guarded = (name: string) =>
      new EndpointGuard(name, { rests: () => undefined }, { now: () => nowMs });
    const model = new OpenAiTextEngine(
      { ...settings, OPENAI_TEXT_MODEL: 'fake' },
      // Long against what a crowded machine stands still for.
      { timeoutMs: 20_000, idleMs: 1_500 },
    );
    text = new GuardedTextEngine(model, guarded(model.name));
    const vectors = new OpenAiEmbeddingEngine(settings, 'small', { timeoutMs: 2_500 });
    embeddings = new GuardedEmbeddingEngine(vectors, guarded(vectors.name));
  });
  afterEach(() => server.stop());

  const read = async (signal?: AbortSignal): Promise<string[]> => {
    const pieces: string[] = [];
    for await (const piece of text.stream({ ...prose, signal })) pieces.push(piece);
    return pieces;
  };
  const reasonOf = (answering: Promise<unknown>): Promise<unknown> =>
    answering.then(
      () => 'none',
      (error: unknown) => (error as { reason?: unknown }).reason,
    );

  it('is asked three times, then left alone for a while, then tried by one, then asked by all', async () => {
    server.answer = AWAY;
    for (let time = 0; time < 3; time++) {
      expect(await reasonOf(text.complete(request))).toBe('refused');
    }
    const asked = server.requests.length;
    server.answer = DECISION;
    await expect(text.complete(request)).rejects.toMatchObject(RESTING);
    await expect(read()).rejects.toMatchObject(RESTING);
    expect(server.requests).toHaveLength(asked);

    nowMs = 10_000;
    const both = await Promise.allSettled([text.complete(request), text.complete(request)]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(server.requests).toHaveLength(asked + 1);
    await expect(text.complete(request)).resolves.toEqual({ decision: 'Tuesday' });
  });

  it('is left alone at once when it hangs, be it in the middle of an answer', async () => {
    server.answer = streamed(['It is '], { ends: false });
    expect(await reasonOf(read())).toBe('timeout');
    await expect(text.complete(request)).rejects.toMatchObject(RESTING);
    expect(server.requests).toHaveLength(1);
  });

  it('is trusted again with the first piece that it writes', async () => {
    server.answer = () => undefined;
    expect(await reasonOf(read())).toBe('timeout');
    nowMs = 10_000;
    server.answer = streamed(PIECES);
    for await (const _piece of text.stream(prose)) {
      server.answer = DECISION;
      await expect(text.complete(request)).resolves.toEqual({ decision: 'Tuesday' });
      break;
    }
  });

  it('is tried by the next one when who tried it left before there was an answer', async () => {
    server.answer = () => undefined;
    expect(await reasonOf(read())).toBe('timeout');
    nowMs = 10_000;
    const caller = new AbortController();
    server.answer = () => {
      caller.abort(new Error('nobody reads'));
    };
    await expect(read(caller.signal)).rejects.toThrow('nobody reads');
    server.answer = streamed(PIECES);
    expect(await read()).toEqual(PIECES);
  });

  it('is asked on by those who have time when it is too slow for those who have none', async () => {
    const hurried = { ...request, patienceMs: 50 };
    server.answer = (...given) => {
      setTimeout(DECISION, 300, ...given);
    };
    for (let time = 0; time < 3; time++) {
      expect(await reasonOf(text.complete(hurried))).toBe('timeout');
    }
    await expect(text.complete(hurried)).rejects.toMatchObject(RESTING);
    await expect(text.complete(request)).resolves.toEqual({ decision: 'Tuesday' });
  });

  it('makes no vectors meanwhile, and does once it is back', async () => {
    server.answer = () => undefined;
    for (let time = 0; time < 3; time++) {
      expect(await reasonOf(embeddings.embed(['one'], { patienceMs: 50 }))).toBe('timeout');
    }
    const asked = server.requests.length;
    await expect(embeddings.embed(['one'], { patienceMs: 50 })).rejects.toMatchObject(RESTING);
    expect(await reasonOf(embeddings.embed(['one']))).toBe('timeout');
    await expect(embeddings.embed(['one'])).rejects.toMatchObject(RESTING);
    expect(server.requests.length).toBeGreaterThan(asked);

    nowMs = 10_000;
    server.answer = json({ data: [{ index: 0, embedding: Array(512).fill(1) }] });
    await expect(embeddings.embed(['one'], { patienceMs: 2_000 })).resolves.toHaveLength(1);
  });
});
