import { readWavInfo } from '@parley/audio';
import { ModelFailedError } from '../text/model-failed.error';
import { FakeOpenAi, json, type FakeRequest } from '../text/openai-server.fake';
import { OpenAiSpeechEngine } from './openai-speech.engine';
import { describeSpeechEngine } from './speech-engine.contract';

/** A second that is not silent. */
const speech = new Float32Array(16_000).fill(0.5);

// Real: HTTP on loopback and the openai SDK. Fake: the model.
describe('OpenAiSpeechEngine', () => {
  let server: FakeOpenAi;
  let engine: OpenAiSpeechEngine;

  beforeEach(async () => {
    server = new FakeOpenAi();
    engine = engineOf('whisper-1', await server.start());
  });
  afterEach(() => server.stop());

  const engineOf = (model: string, url: string, timeoutMs = 5_000): OpenAiSpeechEngine =>
    new OpenAiSpeechEngine({ OPENAI_BASE_URL: url, OPENAI_API_KEY: 'key-1' }, model, { timeoutMs });
  const fileOf = async ({ body }: FakeRequest): Promise<Buffer> =>
    Buffer.from(await (body.file as File).arrayBuffer());
  const failure = async (answering: Promise<unknown>): Promise<ModelFailedError> => {
    const error: unknown = await answering.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ModelFailedError);
    return error as ModelFailedError;
  };

  describe('behind an endpoint that hears what is loud', () => {
    beforeEach(() => {
      server.answer = (request, response) => {
        void fileOf(request).then((file) => {
          const loud = file.subarray(44).some((byte) => byte > 0);
          const words = [
            { word: 'Good', start: 0.1, end: 0.4 },
            { word: 'morning', start: 0.5, end: 0.9 },
          ];
          json(loud ? { text: ' Good morning. ', words } : { text: '' })(request, response);
        });
      };
    });

    describeSpeechEngine('the endpoint', {
      engine: () => engine,
      speech: () => ({ samples: speech, words: ['Good', 'morning'] }),
    });
  });

  it('sends one WAV file of the utterance, its language, and asks for words', async () => {
    server.answer = json({ text: 'Guten Morgen.' });
    await engine.transcribe(speech, { language: 'de-DE', vocabulary: ['Okta', 'Northwind'] });
    const [asked] = server.requests;
    expect(asked).toMatchObject({
      path: '/v1/audio/transcriptions',
      authorization: 'Bearer key-1',
      body: {
        model: 'whisper-1',
        language: 'de',
        prompt: 'Okta, Northwind',
        temperature: '0',
        response_format: 'verbose_json',
        'timestamp_granularities[]': ['word', 'segment'],
      },
    });
    const file = asked && (await fileOf(asked));
    expect(file && readWavInfo(file)).toMatchObject({ sampleRate: 16_000, channels: 1 });
    expect(file?.length).toBe(44 + 32_000);
  });

  it('places words by the engine’s measure, spelled as in the text', async () => {
    server.answer = json({
      text: ' Well, good morning!',
      segments: [
        { text: ' Well, good morning!', start: 0, end: 1, avg_logprob: -0.1, no_speech_prob: 0.9 },
      ],
      words: [
        { word: 'Well', start: 0.1, end: 0.3 },
        { word: 'good', start: 0.3, end: 0.6 },
        { word: 'morning', start: 0.6, end: 1.7, estimated: true },
      ],
    });
    expect(await engine.transcribe(speech)).toEqual({
      text: 'Well, good morning!',
      confidence: Math.exp(-0.1),
      words: [
        { text: 'Well,', startMs: 100, endMs: 300 },
        { text: 'good', startMs: 300, endMs: 600 },
        { text: 'morning!', startMs: 600, endMs: 1_000, estimated: true },
      ],
    });
  });

  it('drops what Whisper makes up where it heard nobody', async () => {
    server.answer = json({
      text: ' Hello. Thanks for watching!',
      segments: [
        { text: ' Hello.', start: 0, end: 0.5, avg_logprob: -0.3, no_speech_prob: 0.1 },
        {
          text: ' Thanks for watching!',
          start: 0.5,
          end: 1,
          avg_logprob: -1.2,
          no_speech_prob: 0.8,
        },
      ],
      words: [
        { word: 'Hello', start: 0.1, end: 0.4 },
        { word: 'Thanks', start: 0.5, end: 0.6 },
      ],
    });
    expect(await engine.transcribe(speech)).toEqual({
      text: 'Hello.',
      confidence: Math.exp(-0.3),
      words: [{ text: 'Hello.', startMs: 100, endMs: 400 }],
    });
  });

  it('asks models that tell no words for the likelihood of what they heard', async () => {
    engine = engineOf('gpt-4o-transcribe', await newServer());
    server.answer = json({ text: 'Hello.', logprobs: [{ logprob: -0.2 }, { logprob: -0.4 }] });
    const heard = await engine.transcribe(speech);
    expect(server.requests[0]?.body).toMatchObject({
      response_format: 'json',
      'include[]': ['logprobs'],
    });
    expect(heard.text).toBe('Hello.');
    expect(heard.confidence).toBeCloseTo(Math.exp(-0.3));
    expect(heard).not.toHaveProperty('words');
  });

  it.each([
    ['an empty object', json({})],
    ['a body that is no JSON', json('<html>')],
    ['a novel', json({ text: 'word '.repeat(5_000) })],
    ['words without times', json({ text: 'Hello.', words: [{ word: 'Hello' }] })],
  ])('says that the model failed on %s', async (_what, answer) => {
    server.answer = answer;
    expect((await failure(engine.transcribe(speech))).reason).toBe('out-of-shape');
  });

  it('waits no longer than it has, whatever the server asks for', async () => {
    engine = engineOf('busy', await newServer(), 1_900);
    server.answer = (_request, response) => {
      response.writeHead(429, { 'retry-after': '2' }).end();
    };
    expect((await failure(engine.transcribe(speech))).reason).toBe('refused');
    expect(server.requests).toHaveLength(1);
  });

  it('leaves out what no database takes', async () => {
    server.answer = json({ text: 'Hel\u0000lo \ud800 there.', words: [] });
    expect((await engine.transcribe(speech)).text).toBe('Hel lo \ufffd there.');
  });

  it('says that it failed: refused, too slow, not there; never what was said', async () => {
    server.answer = json({ error: { message: 'Hello.' } }, 401);
    const refused = await failure(engine.transcribe(speech));
    expect(refused.reason).toBe('refused');
    expect(refused.message).not.toContain('Hello');
    const url = await newServer();
    server.answer = () => undefined;
    expect((await failure(engineOf('slow', url, 50).transcribe(speech))).reason).toBe('timeout');
    await server.stop();
    expect((await failure(engineOf('gone', url).transcribe(speech))).reason).toBe('unreachable');
    await newServer();
  });

  /** In the place of the one before. */
  async function newServer(): Promise<string> {
    await server.stop();
    server = new FakeOpenAi();
    return server.start();
  }
});
