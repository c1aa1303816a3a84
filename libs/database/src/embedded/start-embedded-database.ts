import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { builtFile } from '@parley/config';
import type { ChildMessage, ChildOptions } from './child-messages';
import { EmbeddedDatabaseError } from './data-directory.lock';

export interface EmbeddedDatabase {
  /** For any PostgreSQL client on this machine. */
  url: string;
  /** Of the process that serves just now. */
  readonly pid: number;
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
  private child: ChildProcess | undefined;
  private port: number;
  private stopping = false;

  constructor(private readonly options: EmbeddedDatabaseOptions) {
    this.port = options.port ?? 0;
  }

  get url(): string {
    return `postgres://parley:parley@127.0.0.1:${this.port}/postgres`;
  }

  get pid(): number {
    return this.child?.pid ?? 0;
  }

  async start(): Promise<void> {
    const child = this.spawn();
    this.child = child;
    this.port = await ready(child);
    child.once('exit', () => {
      if (!this.stopping) void this.revive();
    });
  }

  async stop(): Promise<void> {
    this.stopping = true;
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS);
    await exited;
    clearTimeout(timer);
  }

  private async revive(): Promise<void> {
    for (let attempt = 0; !this.stopping; attempt++) {
      await wait(Math.min(LONGEST_BACKOFF_MS, 100 * 2 ** attempt));
      try {
        await this.start();
        this.options.onRestart?.();
        return;
      } catch {
        // Its own words are on stderr; the next attempt may find the port free again.
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

function ready(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => {
      const said = message as ChildMessage;
      if (said.type === 'ready') resolve(said.port);
      else reject(new EmbeddedDatabaseError(said.reason));
    });
    child.once('exit', (code) => {
      reject(new EmbeddedDatabaseError(`The embedded database ended with code ${String(code)}.`));
    });
  });
}
