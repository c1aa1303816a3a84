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
/** Two seconds of mu-law in a part. */
const PART = Buffer.alloc(16_000, 0xff);

/** Hears silence in everything, and tells each frame it is given. */
class CountingDetector extends VoiceDetector {
  readonly frameSamples = FRAME_SAMPLES;

  constructor(private readonly heard: () => void) {
    super();
  }

  isSpeech(): boolean {
    this.heard();
    return false;
  }

  reset(): void {
    // It remembers nothing.
  }
}

class CountingDetectors extends VoiceDetectorFactory {
  readonly name = 'counting';

  constructor(private readonly heard: () => void) {
    super();
  }

  create(): VoiceDetector {
    return new CountingDetector(this.heard);
  }
}

// Real: the WebSockets, on loopback. Fake: what tells speech from silence; nothing is ever decoded.
describe('audio that comes all at once', () => {
  let server: WebSocketServer;
  let client: WebSocket;

  async function open(query: string, heard: (socket: WebSocket) => void): Promise<void> {
    server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    server.on('connection', (socket) => {
      new ListenSession(socket, listenOptions(`/v1/listen?${query}`), {
        detectors: new CountingDetectors(() => {
          heard(socket);
        }),
        speech: {} as SpeechDecoder,
        speakers: {} as never,
        took: () => undefined,
        requestId: 'request',
        starvedMs: 60_000,
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
    await open(query, () => {
      framesOfTurns.push((framesOfTurns.pop() ?? 0) + 1);
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
    await open('encoding=mulaw&sample_rate=8000', (socket) => {
      frames += 1;
      if (frames === 1) socket.emit('close', 1006, Buffer.alloc(0));
      began();
    });
    client.send(PART);
    await begun;
    for (let turn = 0; turn < 50; turn += 1) await nextTurn();
    expect(frames).toBeLessThanOrEqual(FRAMES_OF_HALF_A_SECOND);
  });
});
