import {
  ModelFailedError,
  SpeechEngine,
  type TranscribeOptions,
  type Transcription,
} from '@parley/ai';
import { DecodeQueue, type DecodeRequest } from './decode-queue';
import { SpeechDecoder } from './speech-decoder';

class FakeEngine extends SpeechEngine {
  asked = 0;
  answer: (signal?: AbortSignal) => Promise<Transcription>;
  constructor(
    readonly name: string,
    readonly languages: string[],
  ) {
    super();
    this.answer = () => Promise.resolve({ text: `by ${name}` });
  }
  transcribe(_samples: Float32Array, { signal }: TranscribeOptions = {}): Promise<Transcription> {
    this.asked++;
    return this.answer(signal);
  }
  close(): Promise<void> {
    return Promise.resolve();
  }
}

describe('SpeechDecoder', () => {
  let nowMs: number;
  let here: FakeEngine;
  let there: FakeEngine;
  let fellBack: [string, string][];
  const clock = { now: () => nowMs };
  const final: DecodeRequest = { urgency: 'final', language: 'en' };
  const samples = new Float32Array(16_000);

  beforeEach(() => {
    nowMs = 0;
    fellBack = [];
    here = new FakeEngine('here', ['en']);
    there = new FakeEngine('there', ['de', 'en']);
  });

  const withEndpoint = (): SpeechDecoder =>
    new SpeechDecoder({
      local: new DecodeQueue(here, 1, clock),
      endpoint: new DecodeQueue(there, 16, clock),
      clock,
      fellBack: (...what) => fellBack.push(what),
    });
  const failing = () => Promise.reject(new ModelFailedError('there', 'unreachable', 'not there'));

  it('hears everything here without an endpoint', async () => {
    const local = new DecodeQueue(here, 1, clock);
    const speech = new SpeechDecoder({ local, endpoint: null, clock });
    expect(await speech.decode(samples, final)).toEqual({
      text: 'by here',
      engine: 'here',
      degraded: false,
    });
    expect(speech.engineName).toBe('here');
    expect(() => {
      speech.assertSpoken('de-DE');
    }).toThrow('No speech engine here transcribes de-DE; there is one for: en.');
  });

  it('hears finals at the endpoint, and drafts here', async () => {
    const speech = withEndpoint();
    expect(await speech.decode(samples, final)).toMatchObject({ engine: 'there', degraded: false });
    const draft = await speech.decode(samples, { ...final, urgency: 'partial' });
    expect(draft).toMatchObject({ engine: 'here', degraded: false });
    expect(speech.engineName).toBe('there');
    expect(speech.health).toEqual({ up: true, engine: 'there' });
  });

  it('hears everything at the endpoint in a language that nobody here speaks', async () => {
    const speech = withEndpoint();
    speech.assertSpoken('de-DE');
    const draft = await speech.decode(samples, { urgency: 'partial', language: 'de-DE' });
    expect(draft.engine).toBe('there');
  });

  it('hears here what the endpoint cannot, says so, and goes back once it can', async () => {
    const speech = withEndpoint();
    there.answer = failing;
    expect(await speech.decode(samples, final)).toMatchObject({ engine: 'here', degraded: true });
    expect(fellBack).toEqual([['there', 'unreachable']]);
    expect(speech.health).toEqual({
      up: false,
      reason: 'endpoint-failed',
      engine: 'there',
      instead: 'here',
    });
    there.answer = () => Promise.resolve({ text: 'I am back' });
    expect(await speech.decode(samples, final)).toMatchObject({ engine: 'here', degraded: true });
    expect(fellBack.at(-1)).toEqual(['there', 'resting']);
    expect(there.asked).toBe(1);
    nowMs = 10_000;
    expect(await speech.decode(samples, final)).toMatchObject({
      text: 'I am back',
      degraded: false,
    });
    expect(speech.health.up).toBe(true);
  });

  it('is not left without the endpoint for good by an error that nobody foresaw', async () => {
    const speech = withEndpoint();
    for (const at of [0, 10_000]) {
      nowMs = at;
      there.answer = () => Promise.reject(new TypeError('unforeseen'));
      expect(await speech.decode(samples, final)).toMatchObject({ engine: 'here', degraded: true });
      expect(fellBack.at(-1)).toEqual(['there', 'unexpected']);
    }
    nowMs = 30_000;
    there.answer = () => Promise.resolve({ text: 'I am back' });
    expect(await speech.decode(samples, final)).toMatchObject({ engine: 'there' });
  });

  it('asks the endpoint again and again where nobody else speaks the language', async () => {
    const speech = withEndpoint();
    there.answer = failing;
    for (const turn of [1, 2]) {
      await expect(speech.decode(samples, { ...final, language: 'de' })).rejects.toThrow(
        'not there',
      );
      expect(there.asked).toBe(turn);
    }
    expect(here.asked).toBe(0);
  });

  it('hears here at once what waited for the endpoint when it failed', async () => {
    const endpoint = new DecodeQueue(there, 1, clock);
    const local = new DecodeQueue(here, 1, clock);
    const speech = new SpeechDecoder({ local, endpoint, clock });
    there.answer = failing;
    const heard = await Promise.all([1, 2, 3].map(() => speech.decode(samples, final)));
    expect(heard.map(({ engine }) => engine)).toEqual(['here', 'here', 'here']);
    expect(there.asked).toBe(1);
  });

  it('makes drafts where the engine that would hear them has room', async () => {
    const endpoint = new DecodeQueue(there, 1, clock);
    const speech = new SpeechDecoder({ local: new DecodeQueue(here, 1, clock), endpoint, clock });
    there.answer = () => new Promise(() => undefined);
    void speech.decode(samples, final);
    expect([speech.takesDrafts('en-GB'), speech.takesDrafts('de')]).toEqual([true, false]);
  });

  it('does not take what was given up for a failure', async () => {
    const speech = withEndpoint();
    there.answer = (signal) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => {
          reject(signal.reason as Error);
        });
      });
    const waits = new AbortController();
    const decoding = speech.decode(samples, { ...final, signal: waits.signal });
    waits.abort(new Error('not needed'));
    await expect(decoding).rejects.toThrow('not needed');
    expect(speech.health.up).toBe(true);
    expect(here.asked).toBe(0);
  });
});
