import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { localSpeechEngine, WHISPER_LANGUAGES, type SpeechEngine } from '@parley/ai';
import { pcmToSamples } from '@parley/audio';
import { PROJECT_ROOT } from '@parley/config';
import { newId } from '@parley/contracts';
import { readForm, wordErrorRate } from '@parley/testing';
import { SpeechDecoder } from './decoding/speech-decoder';
import { RunningAsr } from './testing/running-asr';

const JFK =
  'And so, my fellow Americans, ask not what your country can do for you, ask what you can do for your country.';
const jfk = readFileSync(join(PROJECT_ROOT, 'test/fixtures/jfk.wav')).subarray(78);
const WAV_HEADER_BYTES = 44;

/** An OpenAI-compatible server that really listens, in its own way. */
class SpeechEndpoint {
  readonly languages: string[] = [];
  failing = false;
  private constructor(
    private readonly engine: SpeechEngine,
    private readonly server: Server,
  ) {}

  static async start(): Promise<SpeechEndpoint> {
    const server = createServer();
    const endpoint = new SpeechEndpoint(await localSpeechEngine({ DATA_DIR: '.parley' }), server);
    server.on('request', (request, response) => {
      void endpoint.answer(request).then((answer) => {
        response.writeHead(endpoint.failing ? 503 : 200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(answer));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return endpoint;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    await this.engine.close();
  }

  private async answer(request: IncomingMessage): Promise<object> {
    const form = await readForm(request);
    this.languages.push(form.get('language') as string);
    const file = Buffer.from(await (form.get('file') as File).arrayBuffer());
    const samples = pcmToSamples(file.subarray(WAV_HEADER_BYTES));
    const { text } = await this.engine.transcribe(samples);
    const [first = ''] = text.split(' ');
    return { text, words: [{ word: first, start: 0.25, end: 0.5 }] };
  }
}

// Real: the models on both sides, the openai SDK, HTTP, Postgres, the service. In memory: the bus and the audio log.
describe('asr with an endpoint for speech', () => {
  let endpoint: SpeechEndpoint;
  let asr: RunningAsr;

  beforeAll(async () => {
    endpoint = await SpeechEndpoint.start();
    asr = await RunningAsr.start({
      OPENAI_BASE_URL: endpoint.url,
      OPENAI_SPEECH_MODEL: 'whisper-1',
    });
  }, 60_000);
  afterAll(async () => {
    await asr.stop();
    await endpoint.stop();
  });

  const health = () => asr.app.get(SpeechDecoder, { strict: false }).health;
  const said = (segments: { text: string }[]) => segments.map(({ text }) => text).join(' ');

  it('has finals from there, with the words where that engine heard them', async () => {
    const segments = await asr.hold(newId(), jfk);
    expect(wordErrorRate(JFK, said(segments))).toBeLessThan(0.15);
    expect(segments.length).toBeGreaterThan(0);
    for (const { engine, degraded, startMs, words } of segments) {
      expect({ engine, degraded }).toEqual({ engine: 'openai:whisper-1', degraded: false });
      expect(words?.[0]).toMatchObject({ startMs: startMs + 250, endMs: startMs + 500 });
      expect(words?.[0]?.estimated).toBeUndefined();
    }
    expect(endpoint.languages).toContain('en');
  });

  it('holds meetings in the languages of the endpoint', async () => {
    const segments = await asr.hold(newId(), jfk.subarray(0, 3_500 * 32), 'de-DE');
    expect(segments[0]).toMatchObject({ engine: 'openai:whisper-1', language: 'de-DE' });
    expect(endpoint.languages).toContain('de');
    const engines = await fetch(`${asr.url}/v1/engines`);
    expect(await engines.json()).toMatchObject({
      items: [
        { kind: 'speech', name: 'openai:whisper-1', languages: WHISPER_LANGUAGES },
        { kind: 'speech', name: 'moonshine-tiny', languages: ['en'] },
        { kind: 'speakers' },
        { kind: 'voice activity' },
      ],
    });
  });

  it('hears here what the endpoint cannot, loses nothing, and says that it is degraded', async () => {
    expect(health()).toEqual({ up: true, engine: 'openai:whisper-1' });
    endpoint.failing = true;
    const segments = await asr.hold(newId(), jfk);
    expect(wordErrorRate(JFK, said(segments))).toBeLessThan(0.15);
    for (const { engine, degraded } of segments) {
      expect({ engine, degraded }).toEqual({ engine: 'moonshine-tiny', degraded: true });
    }
    expect(health()).toMatchObject({ up: false, instead: 'moonshine-tiny' });
    const metrics = await (await fetch(`${asr.url}/metrics`)).text();
    expect(metrics).toMatch(
      /asr_model_fallbacks_total\{engine="openai:whisper-1",reason="refused"\} [1-9]/,
    );
    const gauge = 'asr_model_endpoint_resting{engine="openai:whisper-1",who="everybody"} 1';
    expect(metrics).toContain(gauge);
  });
});
