import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { disableEmbeddedBus, enableEmbeddedBus } from '@parley/bus';
import { PROJECT_ROOT, provideSettings } from '@parley/config';
import { createService, type RunningService } from '@parley/service';
import { startTestDatabase, wordErrorRate, type TestDatabase } from '@parley/testing';
import OpenAI, { APIError, toFile } from 'openai';
import { AsrModule } from '../asr.module';

// Real: the openai SDK as its users have it, HTTP, the decoders, the models. Nothing is fake.
const JFK =
  'And so, my fellow Americans, ask not what your country can do for you, ask what you can do for your country.';
const jfkPath = join(PROJECT_ROOT, 'test/fixtures/jfk.wav');
const jfk = readFileSync(jfkPath);
const model = 'whisper-1';

describe('POST /v1/audio/transcriptions, called by the openai SDK', () => {
  let database: TestDatabase;
  let service: RunningService;
  let openai: OpenAI;

  beforeAll(async () => {
    database = await startTestDatabase();
    provideSettings({
      DATABASE_URL: database.url,
      DATABASE_POOL_SIZE: '2',
      LOG_LEVEL: 'silent',
      AUTH_ENABLED: '1',
      SERVICE_API_KEY: 'key-of-the-operator-0123456789',
      ASR_MAX_UPLOAD_BYTES: '1000000',
      ASR_MAX_RECORDING_SECONDS: '20',
      ASR_PARALLEL_RECORDINGS: '1',
    });
    enableEmbeddedBus();
    service = await createService(AsrModule, 'asr', { port: 0 });
    openai = new OpenAI({
      baseURL: `${service.url}/v1`,
      apiKey: 'key-of-the-operator-0123456789',
      maxRetries: 0,
    });
  }, 60_000);

  afterAll(async () => {
    await service.close();
    await disableEmbeddedBus();
    await database.stop();
  });

  const file = () => createReadStream(jfkPath);
  const create = (body: Partial<OpenAI.Audio.TranscriptionCreateParamsNonStreaming>) =>
    openai.audio.transcriptions.create({ file: file(), model, ...body });
  const refusal = async (call: Promise<unknown>): Promise<APIError> => {
    const error: unknown = await call.catch((caught: unknown) => caught);
    if (error instanceof APIError) return error;
    throw new Error(`not refused: ${JSON.stringify(error)}`);
  };

  it('answers the text', async () => {
    const { text, usage } = await create({});
    expect(wordErrorRate(JFK, text)).toBeLessThan(0.15);
    expect(usage).toEqual({ type: 'duration', seconds: 11 });
  });

  it('answers segments and words with their places, and says that those of words are estimated', async () => {
    const answer = await openai.audio.transcriptions.create({
      file: file(),
      model,
      response_format: 'verbose_json',
      timestamp_granularities: ['word', 'segment'],
      language: 'en',
    });
    expect(answer).toMatchObject({ language: 'english', duration: 11 });
    const { segments = [], words = [], text } = answer;
    expect(segments.map((one) => one.text).join(' ')).toBe(text);
    expect(words.map(({ word }) => word).join(' ')).toBe(text);
    const places = [...segments, ...words].map(({ start, end }) => end - start);
    expect(Math.min(...places)).toBeGreaterThanOrEqual(0);
    expect(segments[0]?.start).toBeLessThan(0.6);
    expect(segments.at(-1)?.end).toBeGreaterThan(9.5);
    expect(words[0]).toMatchObject({ estimated: true });
    expect(segments[0]).not.toHaveProperty('avg_logprob');
  });

  it('answers plain text and subtitles', async () => {
    const text = (await create({ response_format: 'text' })) as unknown as string;
    expect(wordErrorRate(JFK, text)).toBeLessThan(0.15);
    const srt = (await create({ response_format: 'srt' })) as unknown as string;
    expect(srt).toMatch(/^1\n00:00:00,\d{3} --> 00:00:0\d,\d{3}\n\S/);
    const vtt = (await create({ response_format: 'vtt' })) as unknown as string;
    expect(vtt).toMatch(/^WEBVTT\n\n00:00:00\.\d{3} --> 00:00:0\d\.\d{3}\n\S/);
  });

  it('streams what it understands while it listens', async () => {
    const events = await openai.audio.transcriptions.create({ file: file(), model, stream: true });
    const deltas: string[] = [];
    let done = '';
    for await (const event of events) {
      if (event.type === 'transcript.text.delta') deltas.push(event.delta);
      if (event.type === 'transcript.text.done') done = event.text;
    }
    expect(deltas.length).toBeGreaterThan(1);
    expect(deltas.join('')).toBe(done);
    expect(wordErrorRate(JFK, done)).toBeLessThan(0.15);
  });

  it.each(['speech.mp3', 'speech.ogg', 'speech.webm'])('takes %s', async (name) => {
    const recording = createReadStream(join(PROJECT_ROOT, 'libs/audio/src/fixtures', name));
    const { text } = await create({ file: recording });
    expect(text.split(' ').length).toBeGreaterThan(3);
  });

  it('hears nothing in silence', async () => {
    const silent = Buffer.concat([jfk.subarray(0, 78), Buffer.alloc(160_000)]);
    expect((await create({ file: await toFile(silent, 'silence.wav') })).text).toBe('');
  });

  it.each([
    [
      'an archive',
      Buffer.from('PK\u0003\u0004 not a recording at all'),
      'no recording that can be read',
    ],
    ['an empty file', Buffer.alloc(0), 'empty'],
    [
      'a recording cut short',
      readFileSync(join(PROJECT_ROOT, 'libs/audio/src/fixtures/speech.webm')).subarray(0, 300),
      '',
    ],
  ])('refuses %s that is named .wav', async (_what, bytes, sentence) => {
    const error = await refusal(create({ file: await toFile(bytes, 'talk.wav') }));
    expect(error.status).toBe(422);
    expect(error.message).toContain(sentence);
  });

  it('refuses what is too long or too large, a language without an engine, and a stranger', async () => {
    const header = Buffer.from(jfk.subarray(0, 78));
    const long = Buffer.concat([header, Buffer.alloc(21 * 32_000)]);
    header.writeUInt32LE(21 * 32_000, 74);
    header.copy(long);
    const tooLong = await refusal(create({ file: await toFile(long, 'long.wav') }));
    expect([tooLong.status, tooLong.message]).toEqual([
      422,
      expect.stringContaining('longer than 0.3 minutes') as string,
    ]);
    const large = await toFile(Buffer.alloc(1_100_000), 'large.wav');
    expect((await refusal(create({ file: large }))).status).toBe(413);
    expect((await refusal(create({ language: 'fr' }))).message).toContain('there is one for: en');
    const stranger = openai.withOptions({ apiKey: 'guessed' });
    const call = stranger.audio.transcriptions.create({ file: file(), model });
    expect((await refusal(call)).status).toBe(401);
  });

  it('refuses a stream of what has no deltas, and one that should be given again', async () => {
    const srt = openai.audio.transcriptions.create({
      file: file(),
      model,
      stream: true,
      response_format: 'srt',
    });
    expect((await refusal(srt)).status).toBe(400);
    const repeatable = openai.audio.transcriptions.create(
      { file: file(), model, stream: true },
      { headers: { 'Idempotency-Key': 'once-and-again' } },
    );
    expect((await refusal(repeatable)).status).toBe(400);
  });

  it('gives the place of a caller who left to the next', async () => {
    for (let caller = 0; caller < 3; caller += 1) {
      const leaving = new AbortController();
      const events = await openai.audio.transcriptions.create(
        { file: file(), model, stream: true },
        { signal: leaving.signal },
      );
      await events[Symbol.asyncIterator]().next();
      leaving.abort();
    }
    expect((await create({})).text).not.toBe('');
  });
});
