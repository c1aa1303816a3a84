import { ParleyProblem } from '../problems/parley-problem';
import type { Problem } from '../schemas';
import { LineLostError } from '../sockets/line-lost.error';
import type { SocketLike } from '../sockets/socket';

/** The service gives a sign of life every two seconds: after so long without one the line is dead. */
const SILENT_MS = 10_000;

type ServerMessage =
  | { type: 'ready'; resumeFrom: number }
  | { type: 'ack'; offsetMs: number }
  | { type: 'error'; problem: Problem }
  | { type: 'stopped'; durationMs: number };

export interface StartOptions {
  channel: string;
  /** Who it is, over all its connections. */
  sender: string;
  /** Where the first sample that follows has its place. */
  resumeFrom?: number;
}

/** Called as the messages come, in their order. */
export interface ConnectionEvents {
  /** The service puts the first sample that follows there. */
  ready(resumeFromMs: number): void;
  acknowledged(offsetMs: number): void;
}

export type Ending = { durationMs: number } | { error: Error };

/** One audio socket, from `start` to its end. */
export class AudioConnection {
  /** Never rejects. */
  readonly over: Promise<Ending>;
  private end!: (ending: Ending) => void;
  private readonly opened: Promise<void>;
  private readonly ready: Promise<void>;
  private isOpen = false;
  private watchdog: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly socket: SocketLike,
    private readonly on: ConnectionEvents,
  ) {
    this.over = new Promise((resolve) => {
      this.end = (ending) => {
        clearTimeout(this.watchdog);
        this.watchdog = undefined;
        resolve(ending);
      };
    });
    this.opened = new Promise((resolve) => {
      socket.addEventListener('open', () => {
        this.isOpen = true;
        resolve();
      });
    });
    this.ready = new Promise((resolve) => {
      socket.addEventListener('message', ({ data }) => {
        this.heard();
        this.take(JSON.parse(String(data)) as ServerMessage, resolve);
      });
    });
    socket.addEventListener('error', (event) => {
      const message = 'message' in event ? String(event.message) : '';
      this.lost(message || 'The audio socket could not be opened.');
    });
    socket.addEventListener('close', ({ code }) => {
      this.lost(`The audio socket was closed (${code}).`, code);
    });
    this.watch();
  }

  /**
   * Says `start` once the socket is open; resolves when the service is ready.
   * @throws ParleyProblem when it is refused; LineLostError.
   */
  async start(options: StartOptions): Promise<void> {
    await this.orEnd(this.opened);
    this.say({ type: 'start', encoding: 'pcm_s16le', sampleRate: 16_000, channels: 1, ...options });
    await this.orEnd(this.ready);
  }

  audio(pcm: Uint8Array): void {
    this.socket.send(pcm);
  }

  gap(ms: number): void {
    this.say({ type: 'gap', ms });
  }

  stop(): void {
    this.say({ type: 'stop' });
  }

  /** Ends it without a word. */
  cut(): void {
    this.lost('The audio socket was cut.');
    if (this.socket.terminate) this.socket.terminate();
    else this.socket.close();
  }

  private say(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  private take(message: ServerMessage, ready: () => void): void {
    switch (message.type) {
      case 'ready':
        this.on.ready(message.resumeFrom);
        ready();
        return;
      case 'ack':
        this.on.acknowledged(message.offsetMs);
        return;
      case 'error':
        this.end({ error: new ParleyProblem(message.problem.status, message.problem) });
        return;
      case 'stopped':
        this.end({ durationMs: message.durationMs });
    }
  }

  private lost(message: string, code?: number): void {
    this.end({ error: new LineLostError(message, this.isOpen, code) });
  }

  private heard(): void {
    if (this.watchdog === undefined) return;
    clearTimeout(this.watchdog);
    this.watch();
  }

  private watch(): void {
    this.watchdog = setTimeout(() => {
      this.lost('The audio socket has been silent for too long.');
      this.cut();
    }, SILENT_MS);
  }

  private orEnd<T>(wanted: Promise<T>): Promise<T> {
    const end = this.over.then((ending): never => {
      throw 'error' in ending ? ending.error : new Error('The channel was stopped at once.');
    });
    return Promise.race([wanted, end]);
  }
}
