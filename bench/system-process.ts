import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { PROJECT_ROOT, SERVICE_NAMES, type ServiceName } from '@parley/config';
import { freePorts } from '@parley/testing';
import { ParleyClient, type ServiceUrls } from '../apps/standalone/src/client/parley-client';

const POLL_MS = 50;
const KEPT_OUTPUT = 20_000;

/** `npm start` in a process of its own, on a data folder and on ports that nobody else uses. */
export class SystemProcess {
  readonly startedAt = performance.now();
  private output = '';
  private lookers: (() => void)[] = [];

  private constructor(
    private readonly child: ChildProcess,
    readonly client: ParleyClient,
  ) {
    const keep = (chunk: Buffer): void => {
      this.output = (this.output + chunk.toString('utf8')).slice(-KEPT_OUTPUT);
      for (const look of this.lookers) look();
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.once('exit', () => {
      for (const look of this.lookers) look();
    });
  }

  static async start(
    args: string[],
    settings: Record<string, string>,
    folder = PROJECT_ROOT,
  ): Promise<SystemProcess> {
    const ports = await freePorts(SERVICE_NAMES.length);
    const byName = <T>(make: (name: ServiceName, port: number) => [string, T]): Record<string, T> =>
      Object.fromEntries(SERVICE_NAMES.map((name, index) => make(name, ports[index] ?? 0)));
    const env = {
      ...process.env,
      ...byName((name, port) => [`${name.toUpperCase()}_PORT`, String(port)]),
      ...settings,
    };
    const child = spawn(process.execPath, ['apps/standalone/bin/start.mjs', ...args], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const urls = byName((name, port) => [name, `http://127.0.0.1:${port}`]) as ServiceUrls;
    return new SystemProcess(child, new ParleyClient(urls));
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Waits for words in what it prints. @returns milliseconds since the start. */
  async printed(words: RegExp, limitMs: number): Promise<number> {
    const timedOut = wait(limitMs, undefined, { ref: false });
    for (let over = false; !words.test(this.output);) {
      this.assertRunning();
      if (over) throw new Error(`not within ${limitMs / 1_000} s:\n${this.output}`);
      const news = new Promise<boolean>((resolve) => {
        this.lookers = [
          () => {
            resolve(false);
          },
        ];
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

  /** Ctrl-C. @returns how long it took, in milliseconds. */
  async stop(): Promise<number> {
    const startedAt = performance.now();
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const exited = once(this.child, 'exit');
      this.child.kill('SIGINT');
      await exited;
    }
    return performance.now() - startedAt;
  }

  private async isReady(name: ServiceName): Promise<boolean> {
    try {
      return (await fetch(new URL('/readyz', this.client.urls[name]))).ok;
    } catch {
      return false;
    }
  }

  private assertRunning(): void {
    if (this.child.exitCode === null && this.child.signalCode === null) return;
    throw new Error(`Parley ended:\n${this.output}`);
  }
}
