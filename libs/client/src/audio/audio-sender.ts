import { freshKey } from '../fresh-key';
import { ParleyProblem } from '../problems/parley-problem';
import { pause } from '../timeline/pause';
import { AudioConnection, type Ending } from './audio-connection';
import { AudioJournal, BYTES_PER_MS } from './audio-journal';
import { meetingEnded, type AudioLine } from './audio-line';
import { LineLostError } from '../sockets/line-lost.error';
import { Patience } from './patience';

/** Never further ahead of the acknowledgements than this; so much is kept to be sent again. */
const WINDOW_MS = 10_000;
const LARGEST_FRAME_BYTES = 1_000 * BYTES_PER_MS;

export interface SendAudioOptions {
  /** Default: `main`. */
  channel?: string;
  /** Ends it at once, as `cut` does; what waits rejects with the signal's reason. */
  signal?: AbortSignal;
}

/**
 * Sends one channel's audio over as many connections as it takes: what was not acknowledged when one was lost
 * is sent again on the next. A refusal that waiting does not heal ends it; then every call throws it.
 */
export class AudioSender {
  private readonly key = freshKey();
  private readonly patience = new Patience();
  private readonly leaving = new AbortController();
  private journal = new AudioJournal(0);
  private connection: AudioConnection | undefined;
  private over: Ending | undefined;
  private started = false;
  private stopping = false;
  private stopSaid = false;
  /** Audio is taken in the order of the calls, whether or not they are awaited. */
  private turn: Promise<void> = Promise.resolve();
  private waiting: (() => void)[] = [];

  private constructor(
    private readonly line: AudioLine,
    private readonly channel: string,
  ) {}

  /**
   * Resolves when audio may be sent. The first connection is not tried twice.
   * @throws ParleyProblem when the service refuses it; LineLostError when there is no connection.
   */
  static async start(
    line: AudioLine,
    { channel = 'main', signal }: SendAudioOptions = {},
  ): Promise<AudioSender> {
    signal?.throwIfAborted();
    const sender = new AudioSender(line, channel);
    const abort = (): void => {
      sender.leave(signal?.reason);
    };
    signal?.addEventListener('abort', abort);
    sender.leaving.signal.addEventListener('abort', () => {
      signal?.removeEventListener('abort', abort);
    });
    try {
      await sender.connect();
    } catch (error) {
      sender.finish({ error: asError(error) });
      throw sender.failure();
    }
    void sender.live();
    return sender;
  }

  /** Milliseconds that the service holds durably. */
  get durableMs(): number {
    return this.journal.acknowledgedMs;
  }

  /** Milliseconds of audio that wait to be durable: many of them, and the line is slow. */
  get waitingMs(): number {
    return this.journal.heldMs;
  }

  /** Sends 16 kHz mono s16le samples; waits while too much is not acknowledged yet, also without a connection. */
  send(pcm: Uint8Array): Promise<void> {
    const sent = this.turn.then(() => this.sendAll(pcm));
    this.turn = sent.catch(() => undefined);
    return sent;
  }

  /** Says that so many milliseconds have no audio. */
  gap(ms: number): void {
    if (this.over) throw this.failure();
    this.journal.gap(ms);
    this.connection?.gap(ms);
  }

  /** Says that nothing follows. @returns the channel's length in milliseconds. */
  async stop(): Promise<number> {
    await this.turn;
    if (!this.over && !this.stopping) {
      this.stopping = true;
      this.sayStop();
    }
    await this.until(() => this.over !== undefined);
    if (this.over && 'durationMs' in this.over) return this.over.durationMs;
    throw this.failure();
  }

  /**
   * Leaves the channel to whoever sends on it next, once all that was sent is durable.
   * @throws why it ended before that
   */
  async leaveOpen(): Promise<void> {
    await this.turn;
    await this.until(() => this.over !== undefined || this.journal.isEmpty);
    if (this.over && 'error' in this.over) throw this.over.error;
    this.cut();
  }

  /** Leaves without a word, as a lost connection would, and does not come back. */
  cut(): void {
    this.leave(new Error('The sender was cut.'));
  }

  private async sendAll(pcm: Uint8Array): Promise<void> {
    for (let at = 0; at < pcm.length; at += LARGEST_FRAME_BYTES) {
      // A copy: the caller may use its buffer again before it is acknowledged.
      const frame = new Uint8Array(pcm.subarray(at, at + LARGEST_FRAME_BYTES));
      const frameMs = frame.length / BYTES_PER_MS;
      await this.until(() => this.over !== undefined || this.journal.heldMs + frameMs <= WINDOW_MS);
      if (this.over) throw this.failure();
      this.journal.audio(frame);
      this.connection?.audio(frame);
    }
  }

  /** From the first connection to the end; never rejects. */
  private async live(): Promise<void> {
    try {
      while (this.connection) {
        const ending = await this.connection.over;
        if ('durationMs' in ending) {
          this.finish(ending);
          return;
        }
        this.connection.cut();
        this.connection = undefined;
        await this.reconnect(ending.error);
      }
    } catch (error) {
      this.finish(this.isStopped(error) ?? { error: asError(error) });
    }
  }

  private async reconnect(lost: unknown): Promise<void> {
    for (let error = lost; !this.connection;) {
      await pause(this.patience.delayMs(error), this.leaving.signal);
      this.leaving.signal.throwIfAborted();
      try {
        await this.connect();
      } catch (again) {
        error = again;
      }
    }
  }

  private async connect(): Promise<void> {
    const connection = new AudioConnection(await this.line.open(), {
      ready: (resumeFromMs) => {
        this.resume(connection, resumeFromMs);
      },
      acknowledged: (offsetMs) => {
        this.acknowledged(offsetMs);
      },
    });
    const { signal } = this.leaving;
    const cut = (): void => {
      connection.cut();
    };
    signal.addEventListener('abort', cut);
    void connection.over.then(() => {
      signal.removeEventListener('abort', cut);
    });
    if (signal.aborted) cut();
    const { channel, key } = this;
    const resumed = this.started ? { resumeFrom: this.durableMs } : {};
    try {
      await connection.start({ channel, sender: key, ...resumed });
    } catch (error) {
      cut();
      const refused = error instanceof LineLostError && !error.wasOpen && !signal.aborted;
      if (refused) await this.line.explain();
      throw error;
    }
  }

  /** At once when the service is ready: an acknowledgement may follow in the same breath. */
  private resume(connection: AudioConnection, resumeFromMs: number): void {
    if (!this.started) this.journal = new AudioJournal(resumeFromMs);
    this.started = true;
    this.journal.acknowledge(resumeFromMs);
    // What was acknowledged is not here any more; a service that lost it hears so.
    if (resumeFromMs < this.durableMs) connection.gap(this.durableMs - resumeFromMs);
    for (const entry of this.journal.unacknowledged) {
      if (entry.kind === 'audio') connection.audio(entry.pcm);
      else connection.gap(entry.endMs - entry.startMs);
    }
    this.connection = connection;
    if (this.stopping) this.sayStop();
    this.wake();
  }

  private acknowledged(offsetMs: number): void {
    if (offsetMs > this.durableMs) this.patience.progressed();
    this.journal.acknowledge(offsetMs);
    this.wake();
  }

  private sayStop(): void {
    if (!this.connection) return;
    this.stopSaid = true;
    this.connection.stop();
  }

  /** The line died between the stop and its answer: then a refusal may be the answer. */
  private isStopped(error: unknown): Ending | undefined {
    const code = error instanceof ParleyProblem ? error.code : undefined;
    const stopped =
      (code === 'conflict' && this.stopSaid) ||
      (code === 'meeting-ended' && this.stopping && this.journal.isEmpty);
    return stopped ? { durationMs: this.journal.endMs } : undefined;
  }

  private leave(reason: unknown): void {
    this.finish({ error: asError(reason) });
  }

  private finish(ending: Ending): void {
    this.over ??= ending;
    this.leaving.abort();
    this.wake();
  }

  /** What every call throws from now on. */
  private failure(): Error {
    if (this.over && 'error' in this.over) return this.over.error;
    // Nobody here said stop: the service does so when the meeting ends.
    return this.stopping ? new Error('The channel was stopped.') : meetingEnded();
  }

  private wake(): void {
    for (const look of this.waiting.splice(0)) look();
  }

  private async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        this.waiting.push(resolve);
      });
    }
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
