import { ModelFailedError } from './model-failed.error';
import { FakeOpenAi, json, streamed } from './openai-server.fake';
import type { TokenUse } from './text-engine';
import { OpenAiTextEngine } from './openai-text.engine';

const request = { name: 'answer', instructions: 'Answer.', input: 'When do we launch?' };

// Real: HTTP on loopback and the openai SDK. Fake: the model.
describe('streamed prose', () => {
  let server: FakeOpenAi;
  let engine: OpenAiTextEngine;

  beforeEach(async () => {
    server = new FakeOpenAi();
    const settings = { OPENAI_BASE_URL: await server.start(), OPENAI_API_KEY: undefined };
    // Long against what a crowded machine stands still for between two pieces.
    const limits = { timeoutMs: 20_000, idleMs: 1_500 };
    engine = new OpenAiTextEngine({ ...settings, OPENAI_TEXT_MODEL: 'fake' }, limits);
  });
  afterEach(() => server.stop());

  const read = async (): Promise<string[]> => {
    const pieces: string[] = [];
    for await (const piece of engine.stream(request)) pieces.push(piece);
    return pieces;
  };
  const failure = async (): Promise<ModelFailedError> => {
    const error: unknown = await read().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ModelFailedError);
    return error as ModelFailedError;
  };

  it('comes in the pieces in which it was written, and the model is offered no tools', async () => {
    server.answer = streamed(['On ', 'Tuesday.']);
    expect(await read()).toEqual(['On ', 'Tuesday.']);
    expect(server.requests[0]?.body).toMatchObject({ stream: true, model: 'fake' });
    expect(server.requests[0]?.body).not.toHaveProperty('tools');
  });

  it('tells what it used, which the endpoint says in a chunk of its own', async () => {
    const usage = { prompt_tokens: 12, completion_tokens: 3 };
    server.answer = streamed(['On ', 'Tuesday.'], { usage });
    const told: TokenUse[] = [];
    const reading = engine.stream({ ...request, onUse: (use) => told.push(use) });
    const pieces: string[] = [];
    for await (const piece of reading) pieces.push(piece);
    expect(pieces).toEqual(['On ', 'Tuesday.']);
    expect(told).toEqual([{ input: 12, output: 3 }]);
    expect(server.requests[0]?.body).toMatchObject({ stream_options: { include_usage: true } });
  });

  it('is asked for without, and from then on, where the endpoint knows no such wish', async () => {
    const prose = streamed(['On ', 'Tuesday.']);
    server.answer = (request, response) => {
      const answer = 'stream_options' in request.body ? json({}, 422) : prose;
      answer(request, response);
    };
    expect(await read()).toEqual(['On ', 'Tuesday.']);
    expect(await read()).toEqual(['On ', 'Tuesday.']);
    const asked = server.requests.map(({ body }) => 'stream_options' in body);
    expect(asked).toEqual([true, false, false]);
  });

  it('is given up when the model falls silent', async () => {
    server.answer = streamed(['On '], { ends: false });
    expect((await failure()).reason).toBe('timeout');
  });

  it('is cut off when the model does not end', async () => {
    server.answer = streamed(Array.from({ length: 20 }, () => 'on and on '.repeat(100)));
    expect((await failure()).message).toContain('does not end');
  });

  it('says that a refusal is one', async () => {
    server.answer = json({ error: { message: 'no' } }, 400);
    expect((await failure()).reason).toBe('refused');
  });

  it('ends with the reason of the caller who gives up', async () => {
    const caller = new AbortController();
    server.answer = () => {
      caller.abort(new Error('nobody reads'));
    };
    const reading = engine.stream({ ...request, signal: caller.signal });
    await expect(reading[Symbol.asyncIterator]().next()).rejects.toThrow('nobody reads');
  });
});
