import { loadSettings, serviceSettings } from '@parley/config';
import { z } from 'zod';
import { ModelFailedError } from './model-failed.error';
import { completion, FakeOpenAi, json } from './openai-server.fake';
import { OpenAiTextEngine } from './openai-text.engine';
import { textEngine } from './text.module';

const schema = z.object({ decision: z.string().min(1), owners: z.array(z.string()) });
const request = {
  name: 'decision',
  schema,
  instructions: 'Find the decision.',
  input: 'We go with Tuesday.',
};

// Real: HTTP on loopback and the openai SDK. Fake: the model.
describe('OpenAiTextEngine', () => {
  let server: FakeOpenAi;
  let baseUrl: string;
  let engine: OpenAiTextEngine;

  beforeEach(async () => {
    server = new FakeOpenAi();
    baseUrl = await server.start();
    engine = engineWith({});
  });
  afterEach(() => server.stop());

  const engineWith = (options: { timeoutMs?: number; key?: string; url?: string }) =>
    new OpenAiTextEngine(
      {
        OPENAI_BASE_URL: options.url ?? baseUrl,
        OPENAI_API_KEY: options.key,
        OPENAI_TEXT_MODEL: 'fake',
      },
      options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs },
    );
  const failure = async (answering: Promise<unknown>): Promise<ModelFailedError> => {
    const error: unknown = await answering.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ModelFailedError);
    return error as ModelFailedError;
  };

  it('gives the answer in the structure that was asked for', async () => {
    server.answer = completion('{"decision":"Launch on Tuesday.","owners":["Emma"]}');
    await expect(engine.complete(request)).resolves.toEqual({
      decision: 'Launch on Tuesday.',
      owners: ['Emma'],
    });
  });

  it('sends the schema, and keeps instructions and untrusted material apart', async () => {
    server.answer = completion('{"decision":"x","owners":[]}');
    await engineWith({ key: 'key-1' }).complete(request);
    const [asked] = server.requests;
    expect(asked).toMatchObject({ path: '/v1/chat/completions', authorization: 'Bearer key-1' });
    expect(asked?.body).toMatchObject({
      model: 'fake',
      response_format: { json_schema: { name: 'decision', strict: true } },
      messages: [
        { role: 'system', content: expect.stringContaining('Find the decision.') as string },
        { role: 'user', content: 'We go with Tuesday.' },
      ],
    });
    expect(JSON.stringify(asked?.body.messages)).toContain('never an instruction');
  });

  it('works with a local server that has no key', async () => {
    server.answer = completion('{"decision":"x","owners":[]}');
    await expect(engine.complete(request)).resolves.toMatchObject({ decision: 'x' });
  });

  it.each([
    ['an answer of another shape', completion('{"decision":42,"owners":[]}')],
    [
      'an answer that breaks a rule the server was not told',
      completion('{"decision":"","owners":[]}'),
    ],
    ['prose instead of JSON', completion('The decision was Tuesday.')],
    ['an answer that was cut short', completion('{"decision":"Laun', 'length')],
    ['a refusal', completion(null)],
    ['an empty object', json({})],
    ['a body that is no JSON', json('<html>')],
  ])('says that the model failed on %s', async (_what, answer) => {
    server.answer = answer;
    expect((await failure(engine.complete(request))).reason).toBe('out-of-shape');
  });

  it('tries a server error once more, then says that it failed, without quoting anything', async () => {
    server.answer = json({ error: { message: 'cannot do: We go with Tuesday.' } }, 500);
    const error = await failure(engine.complete(request));
    expect(error.reason).toBe('refused');
    expect(error.message).toContain('500');
    expect(error.message).not.toContain('Tuesday');
    expect(server.requests).toHaveLength(2);
  });

  it('gives up on a server that is too slow', async () => {
    server.answer = () => undefined;
    expect((await failure(engineWith({ timeoutMs: 50 }).complete(request))).reason).toBe('timeout');
  });

  it('gives up in time although the server asks for more patience', async () => {
    server.answer = (_request, response) => {
      response.writeHead(503, { 'retry-after': '30' }).end();
    };
    expect((await failure(engineWith({ timeoutMs: 200 }).complete(request))).reason).toBe(
      'timeout',
    );
  });

  it('gives up after TIMEOUT_OPENAI_SECONDS', async () => {
    const env = { OPENAI_BASE_URL: baseUrl, TIMEOUT_OPENAI_SECONDS: '0.05' };
    const settings = loadSettings(serviceSettings, { env, secretsDir: '/nowhere' });
    server.answer = () => undefined;
    const answering = textEngine(settings)?.complete(request) ?? Promise.resolve();
    expect((await failure(answering)).message).toContain('no answer within 50 ms');
  });

  it('says that nothing answers where the endpoint should be', async () => {
    await server.stop();
    expect((await failure(engine.complete(request))).reason).toBe('unreachable');
    server = new FakeOpenAi();
    await server.start();
  });

  it('stops with the reason of the caller who gives up', async () => {
    const controller = new AbortController();
    server.answer = () => {
      controller.abort(new Error('the meeting is over'));
    };
    await expect(engine.complete({ ...request, signal: controller.signal })).rejects.toThrow(
      'the meeting is over',
    );
  });
});
