import { FakeSocket } from '../testing/fake-socket';
import { AudioSender } from './audio-sender';

const BYTES_PER_MS = 32;

/** A service that keeps a channel as ingestion does, over connections that die at any moment. */
class FakeChannel {
  readonly bytes: number[] = [];
  misplaced = 0;
  private connection = 0;

  constructor(private readonly random: (below: number) => number) {}

  get durableMs(): number {
    return Math.floor(this.bytes.length / BYTES_PER_MS);
  }

  open = (): Promise<FakeSocket> => {
    const number = ++this.connection;
    const socket = new FakeSocket();
    let at = 0;
    // It dies after so many messages, some of which it may have heard and not answered.
    let life = 3 + this.random(25);
    socket.send = (data) => {
      if (socket.closed || number !== this.connection) return;
      if (life-- <= 0) {
        queueMicrotask(() => {
          socket.happen('close', { code: 1006 });
        });
        return;
      }
      if (typeof data !== 'string') {
        for (const byte of data) this.put(at++, byte);
        if (this.random(3) > 0) this.answer(socket, { type: 'ack', offsetMs: this.durableMs });
        return;
      }
      const told = JSON.parse(data) as { type: string; resumeFrom?: number; ms?: number };
      if (told.type === 'start') {
        at = (told.resumeFrom ?? this.durableMs) * BYTES_PER_MS;
        this.answer(socket, { type: 'ready', resumeFrom: at / BYTES_PER_MS });
        this.answer(socket, { type: 'ack', offsetMs: this.durableMs });
      } else if (told.type === 'gap') {
        const end = (Math.floor(at / BYTES_PER_MS) + (told.ms ?? 0)) * BYTES_PER_MS;
        while (at < end) this.put(at++, 0);
      } else {
        this.answer(socket, { type: 'stopped', durationMs: this.durableMs });
      }
    };
    setTimeout(() => {
      socket.happen('open');
    });
    return Promise.resolve(socket);
  };

  private put(at: number, byte: number): void {
    if (at === this.bytes.length) this.bytes.push(byte);
    else if (this.bytes[at] !== byte) this.misplaced += 1;
  }

  private answer(socket: FakeSocket, message: object): void {
    queueMicrotask(() => {
      socket.say(message);
    });
  }
}

// Fake: the service, the clock.
describe('an audio sender whose connections die at any moment', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])(
    'brings every byte and every gap over once, in order (seed %i)',
    async (first) => {
      let seed = first;
      const random = (below: number): number => {
        seed = (seed * 48_271) % 2_147_483_647;
        return seed % below;
      };
      const channel = new FakeChannel(random);
      const explain = () => Promise.resolve();
      const starting = AudioSender.start({ open: channel.open, explain });
      await jest.advanceTimersByTimeAsync(10);
      const sender = await starting;
      const expected: number[] = [];
      const session = async (): Promise<number> => {
        for (let step = 0; step < 120; step += 1) {
          if (random(12) === 0) {
            const ms = 1 + random(40);
            for (let n = 0; n < ms * BYTES_PER_MS; n += 1) expected.push(0);
            sender.gap(ms);
          } else {
            const pcm = Uint8Array.from({ length: BYTES_PER_MS * (1 + random(30)) }, () =>
              random(256),
            );
            expected.push(...pcm);
            await sender.send(pcm);
          }
          if (random(6) === 0) await new Promise((resolve) => setTimeout(resolve, random(400)));
        }
        return sender.stop();
      };
      let durationMs: number | undefined;
      void session().then((ms) => (durationMs = ms));
      for (let waited = 0; durationMs === undefined && waited < 600; waited += 1) {
        await jest.advanceTimersByTimeAsync(1_000);
      }
      expect(durationMs).toBe(expected.length / BYTES_PER_MS);
      expect(channel.misplaced).toBe(0);
      expect(Buffer.from(channel.bytes).equals(Buffer.from(expected))).toBe(true);
    },
  );
});
