import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { Backend } from './backend';
import type { BackendLock } from './backend-lock';
import { refuseCopy } from './copy-refusal';
import { MessageQueue } from './message-queue';
import { PreparedStatements } from './prepared-statements';
import { errorResponse, transactionState, welcome } from './server-messages';
import { startUpRequest } from './start-up';
import { FrameReader, type Frame } from './wire-framing';

/** What PGlite can be asked; any other message would end it. Copy data outside of a COPY is ignored. */
const ANSWERED = new Set('QPBDECSHX');
const IGNORED = new Set('dcfp');

/** A client that sends more than this ahead of its answers is not read from until they are made. */
const MOST_QUEUED_BYTES = 4 * 1_048_576;
/** A client that reads nothing any more gets so long to read why it was left. */
const FAREWELL_MS = 1_000;

export interface ConnectionOptions {
  backend: Backend;
  lock: BackendLock;
  /** A transaction in which nothing happens for so long is rolled back, since everybody waits for it. */
  idleInTransactionMs: number;
  /** The backend failed: nobody can be served any more. */
  onBackendFailure(error: unknown): void;
}

/**
 * One client of the embedded server. From the first message of a query to the ReadyForQuery that says
 * "idle" it owns the backend, so that the messages of two clients never mix.
 */
export class EmbeddedConnection {
  private readonly reader = new FrameReader();
  private readonly queue = new MessageQueue();
  private readonly statements = new PreparedStatements();
  private working = false;
  private idle: NodeJS.Timeout | undefined;
  private gone = false;

  constructor(
    private readonly socket: Socket,
    private readonly options: ConnectionOptions,
  ) {
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      this.receive(chunk);
    });
    socket.on('error', () => {
      socket.destroy();
    });
    socket.on('close', () => {
      this.gone = true;
      clearTimeout(this.idle);
      this.work();
    });
  }

  private receive(chunk: Buffer): void {
    if (this.isGone()) return;
    try {
      this.reader.push(chunk);
      for (let frame = this.reader.next(); frame; frame = this.reader.next()) this.sort(frame);
    } catch (error) {
      const reason = error instanceof RangeError ? error.message : 'unreadable';
      this.dismiss('08P01', `protocol violation: ${reason}`);
      return;
    }
    if (this.queue.heldBytes > MOST_QUEUED_BYTES) this.socket.pause();
    this.work();
  }

  private sort(frame: Frame): void {
    if (frame.type === '') this.startUp(frame);
    else if (ANSWERED.has(frame.type)) this.queue.push(this.statements.own(refuseCopy(frame)));
    else if (!IGNORED.has(frame.type)) throw new RangeError(`message type "${frame.type}"`);
  }

  private startUp(frame: Frame): void {
    switch (startUpRequest(frame.bytes)) {
      case 'encryption':
        this.socket.write('N');
        break;
      case 'session':
        this.reader.markStarted();
        this.socket.write(welcome(this.options.backend.serverVersion));
        break;
      case 'cancel':
        this.socket.destroy();
        break;
      case 'other-protocol':
        throw new RangeError('only protocol 3 is spoken here');
    }
  }

  /** Handles what is queued, one batch after the other; never twice at a time. */
  private work(): void {
    if (this.working) return;
    this.working = true;
    this.drain().then(
      () => {
        this.working = false;
      },
      (error: unknown) => {
        this.options.onBackendFailure(error);
      },
    );
  }

  private async drain(): Promise<void> {
    clearTimeout(this.idle);
    while (!this.queue.isEmpty && !this.isGone()) {
      await this.handle(this.queue.takeBatch());
      if (this.queue.heldBytes <= MOST_QUEUED_BYTES) this.socket.resume();
    }
    if (this.isGone()) await this.leave();
    else this.watchIdleness();
  }

  private async handle(batch: Frame[]): Promise<void> {
    if (batch[0]?.type === 'X') {
      this.socket.end();
      return;
    }
    const { lock, backend } = this.options;
    const continues = lock.isOwnedBy(this);
    await lock.acquire(this);
    if (this.isGone()) return;
    const lost = !continues && !lock.wasLastOwnedBy(this) && this.statements.toRestore(batch);
    if (lost) await backend.execute(lost);
    const answer = await backend.execute(Buffer.concat(batch.map(({ bytes }) => bytes)));
    if (transactionState(answer) === 'I') lock.release(this);
    await this.send(answer);
  }

  /** Waits for a client that is slow to read, rather than hold its answers without bound. */
  private async send(answer: Buffer): Promise<void> {
    if (this.isGone() || this.socket.write(answer)) return;
    this.watchIdleness();
    const left = new AbortController();
    const { signal } = left;
    await Promise.race([
      once(this.socket, 'drain', { signal }),
      once(this.socket, 'close', { signal }),
    ]).catch(() => undefined);
    left.abort();
    clearTimeout(this.idle);
  }

  /** A method, since it changes while others are awaited. */
  private isGone(): boolean {
    return this.gone;
  }

  private watchIdleness(): void {
    if (!this.options.lock.isOwnedBy(this)) return;
    this.idle = setTimeout(() => {
      this.dismiss('25P03', 'terminating connection: idle in transaction too long');
    }, this.options.idleInTransactionMs);
  }

  /** Whatever it had begun is rolled back at once, whether or not it reads why. */
  private dismiss(code: string, reason: string): void {
    this.gone = true;
    this.socket.end(errorResponse('FATAL', code, reason));
    this.socket.resume();
    this.socket.destroySoon();
    setTimeout(() => this.socket.destroy(), FAREWELL_MS).unref();
    this.work();
  }

  /** Takes back what the client left on the backend. */
  private async leave(): Promise<void> {
    const { lock, backend } = this.options;
    if (lock.isOwnedBy(this)) await backend.rollBack();
    const left = this.statements.toForget();
    if (left) {
      await lock.acquire(this);
      await backend.execute(left);
    }
    lock.release(this);
  }
}
