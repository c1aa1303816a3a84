import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { PROJECT_ROOT } from '@parley/config';
import { freePorts } from '@parley/testing';
import { BrokenPromiseError } from './broken-promise';
import { eventually } from './eventually';
import { send, type Answer } from './http';

/** Seconds on a machine of one's own; six at once on a crowded one take minutes. */
const START_LIMIT_MS = 150_000;
const END_LIMIT_MS = 40_000;
const KEPT_LINES = 20_000;

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** What to run: a built service, told by its environment where everything is. */
export interface ServiceProgram {
  /** In lower case; `<NAME>_PORT` says where it listens. */
  name: string;
  /** The built file, from the folder. */
  file: string;
  /** Where it is started. Default: the project's root. */
  folder?: string;
  /** Who it runs as, user and group. Default: who runs the tests. */
  userId?: number;
}

const alive = new Set<ChildProcess>();
// A run that is cut short must not leave a service behind.
process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

/** One service in a process of its own, as in production. */
export class ServiceProcess {
  /** What it wrote to stdout, line by line, the oldest forgotten beyond a limit. */
  readonly lines: string[] = [];
  /** What it wrote to stderr. */
  complaints = '';
  readonly ended: Promise<Ended>;

  private constructor(
    readonly url: string,
    readonly child: ChildProcess,
  ) {
    this.ended = once(child, 'close').then(() => ({
      code: child.exitCode,
      signal: child.signalCode,
    }));
    if (child.stdout) {
      createInterface({ input: child.stdout }).on('line', (line) => {
        this.lines.push(line);
        if (this.lines.length > KEPT_LINES) this.lines.splice(0, KEPT_LINES / 2);
      });
    }
    child.stderr?.on('data', (chunk: Buffer) => {
      this.complaints = (this.complaints + chunk.toString('utf8')).slice(-100_000);
    });
  }

  /** Starts it and returns at once; `ready()` says when it serves. */
  static async spawn(
    { name, file, folder = PROJECT_ROOT, userId }: ServiceProgram,
    env: Record<string, string>,
    wantedPort?: number,
  ): Promise<ServiceProcess> {
    const port = wantedPort ?? (await freePorts(1))[0];
    const child = spawn(process.execPath, [file], {
      cwd: folder,
      ...(userId === undefined ? {} : { uid: userId, gid: userId }),
      env: { PATH: process.env.PATH, ...env, [`${name.toUpperCase()}_PORT`]: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    alive.add(child);
    child.once('close', () => alive.delete(child));
    return new ServiceProcess(`http://127.0.0.1:${String(port)}`, child);
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Everything it ever said, in one text. */
  get output(): string {
    return `${this.lines.join('\n')}\n${this.complaints}`;
  }

  /** Resolves when `/readyz` answers 200. @throws BrokenPromiseError when it ends or takes too long. */
  async ready(limitMs = START_LIMIT_MS): Promise<this> {
    await this.answers('/readyz', (answer) => answer.status === 200, limitMs);
    return this;
  }

  /** Resolves with the first answer of `path` that is as wanted. */
  answers(path: string, wanted: (answer: Answer) => boolean, limitMs: number): Promise<Answer> {
    let last = 'no connection';
    return eventually(`${path} did not answer as wanted in time`, limitMs, async () => {
      if (!this.running) {
        throw new BrokenPromiseError(`the process ended: ${this.output.slice(-2_000)}`);
      }
      try {
        const answer = await send(this.url, path, { limitMs: 5_000 });
        last = `${answer.status} ${answer.text.slice(0, 200)}`;
        return wanted(answer) ? answer : undefined;
      } catch {
        return undefined;
      }
    }).catch((error: unknown) => {
      if (error instanceof BrokenPromiseError) error.message += ` (last: ${last})`;
      throw error;
    });
  }

  /** Sends the signal and waits for the end. @throws BrokenPromiseError when it lives on. */
  async end(signal: NodeJS.Signals = 'SIGTERM', limitMs = END_LIMIT_MS): Promise<Ended> {
    this.child.kill(signal);
    return this.endedWithin(limitMs);
  }

  async endedWithin(limitMs: number): Promise<Ended> {
    const limit = new AbortController();
    const late = new Promise<never>((_, reject) => {
      const timer = setTimeout(() => {
        reject(new BrokenPromiseError(`the process still ran after ${limitMs} ms`));
      }, limitMs);
      limit.signal.addEventListener('abort', () => {
        clearTimeout(timer);
      });
    });
    try {
      return await Promise.race([this.ended, late]);
    } finally {
      limit.abort();
    }
  }

  /** Ends it whatever happens: for cleaning up. */
  async stop(): Promise<void> {
    if (!this.running) return;
    await this.end('SIGTERM', 8_000).catch(() => this.end('SIGKILL', 5_000));
  }
}
