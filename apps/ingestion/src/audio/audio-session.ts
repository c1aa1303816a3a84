import { Logger } from '@nestjs/common';
import { ProblemError } from '@parley/contracts';
import type { WebSocket } from 'ws';
import { parseAudioMessage, type StartMessage } from './audio-message';
import type { AudioIntake } from './audio-intake';

const CLOSE_NORMAL = 1000;
const CLOSE_POLICY = 1008;
const CLOSE_INTERNAL = 1011;
/** Private-use codes, named by the HTTP status of the problem they carry. */
const CLOSE_PRIVATE = 4000;

export interface AudioSessionHost {
  begin(start: StartMessage, session: AudioSession): Promise<AudioIntake>;
  /** The sender left; `ended` when it said `stop`. Runs once, after everything taken is durable. */
  finish(intake: AudioIntake, ended: boolean): Promise<void>;
}

type State =
  | { name: 'waiting' }
  | { name: 'starting' }
  | { name: 'streaming'; intake: AudioIntake }
  | { name: 'over' };

/** One sender's conversation on the audio socket: `start`, frames, `stop`. */
export class AudioSession {
  private readonly logger = new Logger(AudioSession.name);
  private state: State = { name: 'waiting' };
  /** Frames are handled one after the other, in the order they came. */
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly socket: WebSocket,
    private readonly host: AudioSessionHost,
  ) {
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (isBinary && this.state.name === 'streaming') {
        this.state.intake.audio(data);
      } else {
        this.take(() => (isBinary ? this.binary(data) : this.text(data.toString('utf8'))));
      }
    });
    socket.on('close', () => {
      this.take(() => this.gone());
    });
  }

  acknowledge(offsetMs: number): void {
    this.send({ type: 'ack', offsetMs });
  }

  /** The meeting ended while this sender was still sending: what it sent so far counts. */
  end(): Promise<void> {
    return new Promise((resolve) => {
      this.take(() => this.stop().finally(resolve));
    });
  }

  fail(error: unknown): void {
    const problem =
      error instanceof ProblemError ? error : new ProblemError('internal', 'unexpected');
    if (problem.code === 'internal') this.logger.error({ err: error }, 'audio session failed');
    const body = problem.toBody();
    if (problem.code === 'internal') delete body.detail;
    this.send({ type: 'error', problem: body });
    this.socket.close(closeCode(problem), problem.code);
  }

  private take(work: () => Promise<void>): void {
    this.turn = this.turn.then(work).catch((error: unknown) => {
      this.fail(error);
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
        this.state.intake.gap(message.ms);
        return;
      case 'stop':
        if (this.state.name !== 'streaming') throw outOfTurn('stop');
        await this.stop();
    }
  }

  private binary(data: Buffer): Promise<void> {
    // It may have become a stream while the frame waited for its turn.
    if (this.state.name !== 'streaming') throw outOfTurn('audio');
    this.state.intake.audio(data);
    return Promise.resolve();
  }

  private async start(message: StartMessage): Promise<void> {
    if (this.state.name !== 'waiting') throw outOfTurn('start');
    this.state = { name: 'starting' };
    const intake = await this.host.begin(message, this);
    this.state = { name: 'streaming', intake };
    this.send({ type: 'ready', channel: message.channel ?? 'main', resumeFrom: intake.offsetMs });
  }

  private async stop(): Promise<void> {
    if (this.state.name !== 'streaming') return;
    const { intake } = this.state;
    this.state = { name: 'over' };
    await intake.settled();
    await this.host.finish(intake, true);
    this.send({ type: 'stopped', durationMs: intake.offsetMs });
    this.socket.close(CLOSE_NORMAL);
  }

  private async gone(): Promise<void> {
    if (this.state.name !== 'streaming') return;
    const { intake } = this.state;
    this.state = { name: 'over' };
    intake.abandon();
    await intake.settled();
    await this.host.finish(intake, false);
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
  if (problem.status >= 500) return CLOSE_INTERNAL;
  return problem.status === 400 ? CLOSE_POLICY : CLOSE_PRIVATE + problem.status;
}
