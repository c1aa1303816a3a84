import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { builtFile } from '@parley/config';
import { logEvent } from '@parley/observability';
import type { ChildMessage, ChildOptions } from './child-messages';
import { EmbeddedDatabaseError } from './embedded-database.error';

export interface EmbeddedDatabase {
  /** For any PostgreSQL client on this machine. */
  readonly url: string;
  /** Of the process that serves just now; 0 while there is none. */
  readonly pid: number;
  /** Writes a checkpoint and ends it; may be called twice. */
  stop(): Promise<void>;
}

export interface EmbeddedDatabaseOptions {
  dataDir: string;
  /** Default: any free one, kept over restarts. */
  port?: number;
  /** Default: 30,000. */
  idleInTransactionMs?: number;
  /** Called after the database failed and is up again. */
  onRestart?: () => void;
}

const STOP_GRACE_MS = 10_000;
const FIRST_BACKOFF_MS = 100;
const LONGEST_BACKOFF_MS = 5_000;

/**
 * Starts PostgreSQL in a child process and keeps it running: after a crash it is started again on the
 * same port and data.
 * @throws EmbeddedDatabaseError when the data folder is in use or cannot be opened.
 */
export async function startEmbeddedDatabase(
  options: EmbeddedDatabaseOptions,
): Promise<EmbeddedDatabase> {
  const supervisor = new Supervisor(options);
  await supervisor.start();
  return supervisor;
}

class Supervisor implements EmbeddedDatabase {
  private readonly stopping = new AbortController();
  private child: ChildProcess | undefined;
  private port: number;

  constructor(private readonly options: EmbeddedDatabaseOptions) {
    this.port = options.port ?? 0;
  }

  get url(): string {
    return `postgres://parley:parley@127.0.0.1:${this.port}/postgres`;
  }

  get pid(): number {
    return isOver(this.child) ? 0 : (this.child?.pid ?? 0);
  }

  async start(): Promise<void> {
    const child = this.spawn();
    this.child = child;
    this.port = await ready(child);
    child.once('exit', (code, signal) => {
      if (this.stopping.signal.aborted) return;
      logEvent('embedded-database.ended', { exitCode: code, signal });
      void this.revive();
    });
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    const { child } = this;
    if (!child || isOver(child)) return;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS);
    await exited;
    clearTimeout(timer);
  }

  /** Its clients connect again by themselves; it must only be there. */
  private async revive(): Promise<void> {
    const { signal } = this.stopping;
    for (let attempt = 0; ; attempt++) {
      const waitMs = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** attempt);
      await wait(waitMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        await this.start();
        this.options.onRestart?.();
        return;
      } catch (error) {
        logEvent('embedded-database.not-started', { err: error });
      }
    }
  }

  private spawn(): ChildProcess {
    const options: ChildOptions = {
      dataDir: this.options.dataDir,
      port: this.port,
      idleInTransactionMs: this.options.idleInTransactionMs ?? 30_000,
    };
    return fork(builtFile(__dirname, 'embedded-server.main'), [JSON.stringify(options)], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: [],
    });
  }
}

function isOver(child: ChildProcess | undefined): boolean {
  return child?.exitCode !== null || child.signalCode !== null;
}

async function ready(child: ChildProcess): Promise<number> {
  const started = new AbortController();
  const { signal } = started;
  const ended = once(child, 'exit', { signal }).then(([code, by]) => {
    throw new EmbeddedDatabaseError(`The embedded database ended (${String(code ?? by)}).`);
  });
  try {
    const [said] = (await Promise.race([once(child, 'message', { signal }), ended])) as [
      ChildMessage,
    ];
    if (said.type === 'ready') return said.port;
    throw new EmbeddedDatabaseError(said.reason);
  } finally {
    started.abort();
  }
}
