import { once } from 'node:events';
import type { ProblemBody } from '@parley/contracts';
import { WebSocket } from 'ws';

/** Bytes of one millisecond: 16 kHz, 16 bits, mono. */
const BYTES_PER_MS = 32;
/** Never further ahead of the acknowledgements than this. */
const WINDOW_MS = 10_000;

type ServerMessage =
  | { type: 'ready'; resumeFrom: number }
  | { type: 'ack'; offsetMs: number }
  | { type: 'error'; problem: ProblemBody }
  | { type: 'stopped'; durationMs: number };

/** Sends one channel's audio and waits for the acknowledgements that make it safe to go on. */
export class AudioSender {
  private acknowledgedMs = 0;
  private sentMs = 0;
  private failure: Error | undefined;
  private wake: () => void = () => undefined;
  private durationMs: number | undefined;
  private ready = false;

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      this.take(JSON.parse(data.toString('utf8')) as ServerMessage);
      this.wake();
    });
    socket.on('close', (code) => {
      this.failure ??= new Error(`The audio socket was closed (${code}).`);
      this.wake();
    });
    socket.on('error', (error) => {
      this.failure ??= error;
    });
  }

  static async open(baseUrl: string, meetingId: string, channel: string): Promise<AudioSender> {
    const url = new URL(`/v1/meetings/${meetingId}/audio`, baseUrl);
    url.protocol = url.protocol.replace('http', 'ws');
    const socket = new WebSocket(url);
    const sender = new AudioSender(socket);
    await once(socket, 'open');
    socket.send(
      JSON.stringify({
        type: 'start',
        encoding: 'pcm_s16le',
        sampleRate: 16_000,
        channels: 1,
        channel,
      }),
    );
    await sender.until(() => sender.ready);
    return sender;
  }

  /** Milliseconds that the service holds durably. */
  get durableMs(): number {
    return this.acknowledgedMs;
  }

  /** Sends 16 kHz mono s16le samples; waits while too much is not acknowledged yet. */
  async send(pcm: Buffer): Promise<void> {
    await this.until(() => this.sentMs - this.acknowledgedMs < WINDOW_MS);
    this.socket.send(pcm);
    this.sentMs += pcm.length / BYTES_PER_MS;
  }

  /** Says that nothing follows. @returns the channel's length in milliseconds. */
  async stop(): Promise<number> {
    this.socket.send(JSON.stringify({ type: 'stop' }));
    await this.until(() => this.durationMs !== undefined);
    return this.durationMs ?? 0;
  }

  /** Leaves without a word, as a lost connection would. */
  cut(): void {
    this.socket.terminate();
  }

  private take(message: ServerMessage): void {
    switch (message.type) {
      case 'ready':
        this.ready = true;
        this.acknowledgedMs = message.resumeFrom;
        this.sentMs = message.resumeFrom;
        return;
      case 'ack':
        this.acknowledgedMs = message.offsetMs;
        return;
      case 'error':
        this.failure = new Error(
          [message.problem.title, message.problem.detail].filter(Boolean).join(': '),
        );
        return;
      case 'stopped':
        this.durationMs = message.durationMs;
    }
  }

  private async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      if (this.failure) throw this.failure;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }
}
