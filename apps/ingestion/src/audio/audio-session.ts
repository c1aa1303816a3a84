import { ProblemError } from '@parley/contracts';
import { logEvent } from '@parley/observability';
import type { WebSocket } from 'ws';
import { parseAudioMessage, type StartMessage } from './audio-message';
import { OpusInput } from './opus-input';
import type { HeldChannel, SenderSession } from './sender-session';

const CLOSE_NORMAL = 1000;
const CLOSE_POLICY = 1008;
const CLOSE_INTERNAL = 1011;
const CLOSE_TRY_AGAIN_LATER = 1013;
/** Private-use codes, named by the HTTP status of the problem they carry. */
const CLOSE_PRIVATE = 4000;
/** More than this waiting to be decoded, and no more is read: a quarter of a minute at most bit rates. */
const MOST_UNDECODED_BYTES = 64_000;

type State =
  | { name: 'waiting' }
  | { name: 'starting' }
  | { name: 'streaming'; held: HeldChannel; opus: OpusInput | null }
  | { name: 'stopping'; held: HeldChannel }
  /** Nothing more is taken: what follows what failed has no place. */
  | { name: 'leaving'; held: HeldChannel }
  | { name: 'over' };

/** One sender's conversation on the audio socket: `start`, frames, `stop`. Frames of Opus are decoded first. */
export class AudioSession implements SenderSession {
  private state: State = { name: 'waiting' };
  /** Frames are handled one after the other, in the order they came. */
  private turn: Promise<void> = Promise.resolve();
  private turnsAhead = 0;
  private undecodedBytes = 0;
  private channel = 'main';

  constructor(
    private readonly socket: WebSocket,
    private readonly begin: (start: StartMessage, session: AudioSession) => Promise<HeldChannel>,
  ) {
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      // Frames of one read come in one go: past a `gap` that waits for its turn, audio would be misplaced.
      if (
        isBinary &&
        this.state.name === 'streaming' &&
        this.turnsAhead === 0 &&
        !this.state.opus
      ) {
        this.state.held.intake.audio(data);
      } else {
        if (isBinary) this.waits(data.length);
        this.take(() => (isBinary ? this.binary(data) : this.text(data.toString('utf8'))));
      }
    });
    // A `stop` may wait behind frames that are still to be decoded: all that came has its turn first.
    socket.on('close', () => {
      this.take(() => this.gone());
    });
  }

  acknowledge(offsetMs: number): void {
    this.send({ type: 'ack', offsetMs });
  }

  end(): Promise<void> {
    return new Promise((resolve) => {
      this.take(() => this.stop().finally(resolve));
    });
  }

  supersede(): Promise<void> {
    if ('held' in this.state) this.state.held.intake.abandon();
    this.socket.terminate();
    this.leave();
    return new Promise((resolve) => {
      this.take(() => this.gone().finally(resolve));
    });
  }

  fail(error: unknown): void {
    const problem =
      error instanceof ProblemError ? error : new ProblemError('internal', 'unexpected');
    if (problem.code === 'internal') logEvent('audio.session-failed', { err: error });
    const body = problem.toBody();
    if (problem.code === 'internal') delete body.detail;
    this.send({ type: 'error', problem: body });
    this.socket.close(closeCode(problem), problem.code);
    this.leave();
  }

  /** A `stop` or a frame that came along with what failed is not heard any more. */
  private leave(): void {
    if (this.state.name === 'waiting') this.state = { name: 'over' };
    if (this.state.name !== 'streaming') return;
    const { held, opus } = this.state;
    opus?.close();
    this.state = { name: 'leaving', held };
    this.take(() => this.gone());
  }

  private take(work: () => Promise<void>): void {
    this.turnsAhead += 1;
    this.turn = this.turn
      .then(work)
      .catch((error: unknown) => {
        this.fail(error);
      })
      .finally(() => {
        this.turnsAhead -= 1;
      });
  }

  private async text(text: string): Promise<void> {
    const message = parseAudioMessage(text);
    switch (message.type) {
      case 'start':
        await this.start(message);
        return;
      case 'gap':
        if (this.state.name !== 'streaming') throw outOfTurn('gap');
        this.state.held.intake.gap(message.ms);
        return;
      case 'container':
        if (this.state.name !== 'streaming' || !this.state.opus) throw outOfTurn('container');
        await this.nextContainer(this.state.held, this.state.opus);
        return;
      case 'stop':
        if (this.state.name !== 'streaming') throw outOfTurn('stop');
        await this.stop();
    }
  }

  private async binary(data: Buffer): Promise<void> {
    try {
      // It may have become a stream while the frame waited for its turn.
      if (this.state.name !== 'streaming') throw outOfTurn('audio');
      const { held, opus } = this.state;
      if (!opus) {
        held.intake.audio(data);
        return;
      }
      for await (const pcm of opus.decode(data)) held.intake.audio(pcm);
    } finally {
      this.waits(-data.length);
    }
  }

  /** Opus is read no faster than it is decoded; it is decoded at once, whatever waits behind it. */
  private waits(bytes: number): void {
    this.undecodedBytes += bytes;
    if (this.undecodedBytes > MOST_UNDECODED_BYTES) this.socket.pause();
    else if (this.undecodedBytes <= MOST_UNDECODED_BYTES / 2) this.socket.resume();
  }

  private async nextContainer(held: HeldChannel, opus: OpusInput): Promise<void> {
    const { pcm, brokenOff } = await opus.end();
    if (this.state.name !== 'streaming') return;
    held.intake.audio(pcm);
    this.state = { name: 'streaming', held, opus: OpusInput.begin() };
    this.ready(held, brokenOff);
  }

  private async start(message: StartMessage): Promise<void> {
    if (this.state.name !== 'waiting') throw outOfTurn('start');
    this.state = { name: 'starting' };
    const opus = message.encoding === 'opus' ? OpusInput.begin() : null;
    const held = await this.begin(message, this).catch((error: unknown) => {
      opus?.close();
      throw error;
    });
    this.state = { name: 'streaming', held, opus };
    this.channel = message.channel ?? 'main';
    this.ready(held);
  }

  private ready({ intake: { nextMs, offsetMs } }: HeldChannel, brokenOff = false): void {
    const cut = brokenOff ? { brokenOff } : {};
    this.send({ type: 'ready', channel: this.channel, resumeFrom: nextMs, ...cut });
    // Of what it sends again so much is left out, and would never be acknowledged.
    if (offsetMs > nextMs) this.acknowledge(offsetMs);
  }

  private async stop(): Promise<void> {
    if (this.state.name !== 'streaming') return;
    const { held, opus } = this.state;
    this.state = { name: 'stopping', held };
    const ended = await opus?.end();
    if (ended) held.intake.audio(ended.pcm);
    await held.intake.settled();
    this.state = { name: 'over' };
    // What was given up on will be sent again: then this is not the end.
    await held.finish(!held.intake.abandoned);
    if (held.intake.abandoned) return;
    const cut = ended?.brokenOff ? { brokenOff: true } : {};
    this.send({ type: 'stopped', durationMs: held.intake.offsetMs, ...cut });
    this.socket.close(CLOSE_NORMAL);
  }

  private async gone(): Promise<void> {
    if (this.state.name !== 'streaming' && this.state.name !== 'leaving') return;
    const { held } = this.state;
    if (this.state.name === 'streaming') this.state.opus?.close();
    this.state = { name: 'over' };
    held.intake.abandon();
    await held.intake.settled();
    await held.finish(false);
  }

  private send(message: object): void {
    if (this.socket.readyState === this.socket.OPEN) this.socket.send(JSON.stringify(message));
  }
}

function outOfTurn(what: string): ProblemError {
  return new ProblemError(
    'validation-failed',
    `${what} is not due now: start, then audio, then stop.`,
  );
}

function closeCode(problem: ProblemError): number {
  if (problem.code === 'at-capacity') return CLOSE_TRY_AGAIN_LATER;
  if (problem.status >= 500) return CLOSE_INTERNAL;
  return problem.status === 400 ? CLOSE_POLICY : CLOSE_PRIVATE + problem.status;
}
