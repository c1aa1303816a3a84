import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { VoiceDetector, VoiceDetectorFactory } from '@parley/ai';
import { WebSocket, WebSocketServer } from 'ws';
import type { SpeechDecoder } from '../decoding/speech-decoder';
import { listenOptions } from './listen-options';
import { ListenSession } from './listen-session';

const FRAME_SAMPLES = 512;
const FRAMES_OF_HALF_A_SECOND = 16;
const STARVED_MS = 60_000;
/** Two seconds of mu-law in a part. */
const PART = Buffer.alloc(16_000, 0xff);

/** Hears speech in everything or in nothing, and tells each frame it is given and each stretch that ends. */
interface FakeEars {
  heard: (socket: WebSocket) => void;
  speech?: boolean;
  ended?: () => void;
}

class FakeDetector extends VoiceDetector {
  readonly frameSamples = FRAME_SAMPLES;

  constructor(
    private readonly socket: WebSocket,
    private readonly ears: FakeEars,
  ) {
    super();
  }

  isSpeech(): boolean {
    this.ears.heard(this.socket);
    return this.ears.speech ?? false;
  }

  reset(): void {
    this.ears.ended?.();
  }
}

class FakeDetectors extends VoiceDetectorFactory {
  readonly name = 'fake';

  constructor(
    private readonly socket: WebSocket,
    private readonly ears: FakeEars,
  ) {
    super();
  }

  create(): VoiceDetector {
    return new FakeDetector(this.socket, this.ears);
  }
}

const NOTHING_UNDERSTOOD = { text: '', words: [], engine: 'fake', degraded: false };
const decode = (): Promise<unknown> => Promise.resolve(NOTHING_UNDERSTOOD);
/** As floats of 48 kHz. */
const SIX_SECONDS = Buffer.alloc(6 * 4 * 48_000);
/** What the WebSockets run on. */
const REAL_TIME = [
  'nextTick',
  'setImmediate',
  'clearImmediate',
  'setTimeout',
  'clearTimeout',
  'queueMicrotask',
  'Date',
  'hrtime',
] as const;

// Real: the WebSockets, on loopback. Fake: what tells speech from silence; nobody understands a word.
describe('audio that comes all at once', () => {
  let server: WebSocketServer;
  let client: WebSocket;

  async function open(query: string, ears: FakeEars): Promise<void> {
    server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    server.on('connection', (socket) => {
      new ListenSession(socket, listenOptions(`/v1/listen?${query}`), {
        detectors: new FakeDetectors(socket, ears),
        speech: { takesDrafts: () => false, decode } as unknown as SpeechDecoder,
        speakers: {} as never,
        took: () => undefined,
        requestId: 'request',
        starvedMs: STARVED_MS,
      });
    });
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    client = new WebSocket(`ws://127.0.0.1:${port}`);
    await once(client, 'open');
  }

  afterEach(async () => {
    client.terminate();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });

  it.each([
    ['one channel', 'encoding=mulaw&sample_rate=8000', FRAMES_OF_HALF_A_SECOND],
    ['two channels', 'encoding=mulaw&sample_rate=8000&channels=2&multichannel=true', 18],
  ])('is heard in steps of half a second of %s', async (_what, query, most) => {
    const framesOfTurns = [0];
    const ended = new AbortController();
    const turns = (async () => {
      while (!ended.signal.aborted) {
        framesOfTurns.push(0);
        await nextTurn();
      }
    })();
    await open(query, {
      heard: () => framesOfTurns.push((framesOfTurns.pop() ?? 0) + 1),
    });
    client.send(PART);
    client.send('{"type":"CloseStream"}');
    await once(client, 'close');
    ended.abort();
    await turns;
    expect(framesOfTurns.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(55);
    expect(Math.max(...framesOfTurns)).toBeLessThanOrEqual(most);
  });

  it('is left unheard once the other side has gone', async () => {
    let frames = 0;
    let began = (): void => undefined;
    const begun = new Promise<void>((resolve) => (began = resolve));
    await open('encoding=mulaw&sample_rate=8000', {
      heard: (socket) => {
        frames += 1;
        if (frames === 1) socket.emit('close', 1006, Buffer.alloc(0));
        began();
      },
    });
    client.send(PART);
    await begun;
    for (let turn = 0; turn < 50; turn += 1) await nextTurn();
    expect(frames).toBeLessThanOrEqual(FRAMES_OF_HALF_A_SECOND);
  });

  it('is not cut short because hearing it takes long: what waits is no silence', async () => {
    jest.useFakeTimers({ doNotFake: [...REAL_TIME] });
    try {
      let frames = 0;
      let stretches = 0;
      await open('encoding=linear32&sample_rate=48000', {
        speech: true,
        heard: () => {
          frames += 1;
          if (frames === FRAMES_OF_HALF_A_SECOND) jest.advanceTimersByTime(2 * STARVED_MS);
        },
        ended: () => (stretches += 1),
      });
      // The first is more than may wait: the second is not even read before it is heard.
      for (const part of [SIX_SECONDS, SIX_SECONDS]) client.send(part);
      client.send('{"type":"CloseStream"}');
      await once(client, 'close');
      expect(frames).toBeGreaterThan(370);
      expect(stretches).toBe(1);
    } finally {
      jest.useRealTimers();
    }
  });
});
