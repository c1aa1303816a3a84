import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { ServiceUrls } from '@parley/client';
import { PROJECT_ROOT, SERVICE_NAMES, type ServiceName } from '@parley/config';
import { freePorts } from '@parley/testing';
import { portSetting } from './ports';

const POLL_MS = 50;
const KEPT_OUTPUT = 20_000;
/** What `npm start` prints when it is through with starting. */
const UP = /Ctrl-C stops everything/;

/** The built `npm start`, which sets nothing up. */
export const BUILT_START = 'dist/apps/standalone/src/commands/start.main.js';

export interface SystemProgram {
  /** The whole environment, but for the ports. */
  env: NodeJS.ProcessEnv;
  args?: string[];
  /** What to run, from `folder`. Default: {@link BUILT_START} of this project. */
  file?: string;
  folder?: string;
}

const alive = new Set<ChildProcess>();
// Whoever is cut short must not leave a system behind.
process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

/** `npm start` in a process of its own, on ports that nobody else uses. */
export class SystemProcess {
  readonly startedAt = performance.now();
  private said = '';
  private lookers: (() => void)[] = [];
  private readonly exited: Promise<number | null>;

  private constructor(
    private readonly child: ChildProcess,
    readonly urls: ServiceUrls,
  ) {
    const look = (): void => {
      for (const one of this.lookers.splice(0)) one();
    };
    const keep = (chunk: Buffer): void => {
      this.said = (this.said + chunk.toString('utf8')).slice(-KEPT_OUTPUT);
      look();
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    alive.add(child);
    this.exited = once(child, 'close').then(() => {
      alive.delete(child);
      look();
      return child.exitCode;
    });
  }

  /** Starts it and returns at once; `up()` and `ready()` say when it serves. */
  static async start(program: SystemProgram): Promise<SystemProcess> {
    const {
      env,
      args = ['--no-demo', '--no-page'],
      file = BUILT_START,
      folder = PROJECT_ROOT,
    } = program;
    const found = await freePorts(SERVICE_NAMES.length);
    const byName = (make: (name: ServiceName, port: string) => [string, string]) =>
      Object.fromEntries(SERVICE_NAMES.map((name, index) => make(name, String(found[index]))));
    const ports = byName((name, port) => [portSetting(name), port]);
    const urls = byName((name, port) => [name, `http://127.0.0.1:${port}`]) as ServiceUrls;
    const child = spawn(process.execPath, [file, ...args], {
      cwd: folder,
      env: { ...env, ...ports },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A Ctrl-C at the terminal is for who started it, and it is stopped by them: twice would cut it short.
      detached: true,
    });
    return new SystemProcess(child, urls);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** What it printed, the oldest forgotten beyond a limit. */
  get output(): string {
    return this.said;
  }

  /** Waits until it serves. @throws Error with what it printed when it ended instead, or took too long. */
  up(limitMs: number): Promise<number> {
    return this.printed(UP, limitMs);
  }

  /** Waits for words in what it prints. @returns milliseconds since the start. */
  async printed(words: RegExp, limitMs: number): Promise<number> {
    const timedOut = wait(limitMs, undefined, { ref: false });
    for (let over = false; !words.test(this.said);) {
      this.assertRunning();
      if (over) throw new Error(`not within ${limitMs / 1_000} s:\n${this.said}`);
      const news = new Promise<boolean>((resolve) => {
        this.lookers.push(() => {
          resolve(false);
        });
      });
      over = await Promise.race([news, timedOut.then(() => true)]);
    }
    return performance.now() - this.startedAt;
  }

  /** Waits until all six services are ready. @returns milliseconds since the start. */
  async ready(limitMs: number): Promise<number> {
    for (const name of SERVICE_NAMES) {
      while (!(await this.isReady(name))) {
        this.assertRunning();
        if (performance.now() - this.startedAt > limitMs) throw new Error(`${name} is not ready`);
        await wait(POLL_MS);
      }
    }
    return performance.now() - this.startedAt;
  }

  /** Ctrl-C. @returns the exit code. */
  async interrupt(): Promise<number | null> {
    if (this.running) this.child.kill('SIGINT');
    return this.exited;
  }

  private get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  private async isReady(name: ServiceName): Promise<boolean> {
    try {
      return (await fetch(new URL('/readyz', this.urls[name]))).ok;
    } catch {
      return false;
    }
  }

  private assertRunning(): void {
    if (!this.running) throw new Error(`Parley ended:\n${this.said}`);
  }
}
