import type { Socket } from 'node:net';
import type { Backend } from './backend';
import type { BackendLock } from './backend-lock';
import {
  CANCEL_REQUEST,
  errorResponse,
  FrameReader,
  GSS_REQUEST,
  readyForQuery,
  SSL_REQUEST,
  transactionState,
  welcome,
  type Frame,
} from './wire-framing';

/** COPY from the client ends PGlite's backend, so that it never gets there. */
const COPY_FROM_STDIN = /\bcopy\b[^;]*\bfrom\s+stdin\b/i;

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
  private readonly queue: Frame[] = [];
  private working: Promise<void> | null = null;
  private idle: NodeJS.Timeout | undefined;
  private gone = false;
  /** After an error in an extended query the server skips everything up to Sync. */
  private skipping = false;

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
    try {
      this.reader.push(chunk);
      for (let frame = this.reader.next(); frame; frame = this.reader.next()) {
        if (frame.type === '') this.startUp(frame);
        else this.queue.push(frame);
      }
    } catch {
      this.socket.end(errorResponse('FATAL', '08P01', 'protocol violation'));
      return;
    }
    this.work();
  }

  private startUp(frame: Frame): void {
    const code = frame.bytes.length >= 8 ? frame.bytes.readInt32BE(4) : 0;
    if (code === SSL_REQUEST || code === GSS_REQUEST) {
      this.socket.write('N');
    } else if (code === CANCEL_REQUEST) {
      this.socket.destroy();
    } else {
      this.reader.markStarted();
      this.socket.write(welcome(this.options.backend.serverVersion));
    }
  }

  /** Handles what is queued, one batch after the other; never twice at a time. */
  private work(): void {
    if (this.working) return;
    this.working = this.drain()
      .catch((error: unknown) => {
        this.options.onBackendFailure(error);
      })
      .finally(() => {
        this.working = null;
        if (this.queue.length > 0 && !this.gone) this.work();
        else if (this.gone) void this.leave();
      });
  }

  private async drain(): Promise<void> {
    clearTimeout(this.idle);
    while (this.queue.length > 0 && !this.gone) {
      const batch = this.takeBatch();
      if (batch.length === 0) continue;
      await this.options.lock.acquire(this);
      // It may have gone while it waited: then its `close` has queued the leaving.
      if (this.isGone()) return;
      const answer = await this.options.backend.execute(Buffer.concat(batch));
      this.socket.write(answer);
      if (transactionState(answer) === 'I') this.options.lock.release(this);
    }
    if (!this.isGone() && this.options.lock.isOwnedBy(this)) this.watchIdleness();
  }

  private isGone(): boolean {
    return this.gone;
  }

  /** Messages up to the next Sync or Query travel together: one call into the backend, not five. */
  private takeBatch(): Buffer[] {
    const batch: Buffer[] = [];
    for (let frame = this.queue.shift(); frame; frame = this.queue.shift()) {
      if (frame.type === 'X') {
        this.socket.end();
        return [];
      }
      if (this.skipping) {
        if (frame.type !== 'S') continue;
        this.skipping = false;
        this.socket.write(readyForQuery('I'));
        return [];
      }
      if (isCopyFromClient(frame)) {
        this.refuseCopy(frame);
        return batch;
      }
      batch.push(frame.bytes);
      if (frame.type === 'S' || frame.type === 'Q' || frame.type === 'F') break;
    }
    return batch;
  }

  private refuseCopy(frame: Frame): void {
    this.socket.write(
      errorResponse('ERROR', '0A000', 'the embedded database does not take COPY FROM STDIN'),
    );
    if (frame.type === 'Q') this.socket.write(readyForQuery('I'));
    else this.skipping = true;
  }

  private watchIdleness(): void {
    this.idle = setTimeout(() => {
      this.socket.end(
        errorResponse('FATAL', '25P03', 'terminating connection: idle in transaction too long'),
      );
      this.socket.destroySoon();
    }, this.options.idleInTransactionMs);
  }

  private async leave(): Promise<void> {
    if (!this.options.lock.isOwnedBy(this)) return;
    try {
      await this.options.backend.rollBack();
      this.options.lock.release(this);
    } catch (error) {
      this.options.onBackendFailure(error);
    }
  }
}

function isCopyFromClient({ type, bytes }: Frame): boolean {
  return (type === 'Q' || type === 'P') && COPY_FROM_STDIN.test(bytes.toString('utf8'));
}
