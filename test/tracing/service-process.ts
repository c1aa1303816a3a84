import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { PROJECT_ROOT, type ServiceName } from '@parley/config';
import { freePorts } from '@parley/testing';

/** A service as production runs it: its built `main.js`, in a process of its own. */
export class ServiceProcess {
  readonly lines: Record<string, unknown>[] = [];
  private output = '';
  private readonly news = new EventEmitter();

  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
  ) {
    const take = (chunk: Buffer): void => {
      this.output += chunk.toString('utf8');
      const lines = this.output.split('\n');
      this.output = lines.pop() ?? '';
      for (const line of lines) {
        if (line.startsWith('{')) this.lines.push(JSON.parse(line) as Record<string, unknown>);
      }
      this.news.emit('line');
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    child.once('exit', () => this.news.emit('line'));
  }

  static async start(name: ServiceName, env: Record<string, string>): Promise<ServiceProcess> {
    const [port] = await freePorts(1);
    const main = join(PROJECT_ROOT, 'dist/apps', name, 'src/main.js');
    const child = spawn(process.execPath, [main], {
      cwd: PROJECT_ROOT,
      env: { PATH: process.env.PATH, ...env, [`${name.toUpperCase()}_PORT`]: String(port) },
    });
    const service = new ServiceProcess(`http://127.0.0.1:${String(port)}`, child);
    await service.logged(({ event }) => event === 'service.up');
    return service;
  }

  /** Resolves with the first line that fits; rejects when the process ends before. */
  async logged(fits: (line: Record<string, unknown>) => boolean): Promise<Record<string, unknown>> {
    for (;;) {
      const found = this.lines.find(fits);
      if (found) return found;
      if (this.child.exitCode !== null) throw new Error(`it ended: ${this.output}`);
      await once(this.news, 'line');
    }
  }

  /** @returns its exit code. */
  async stop(): Promise<number | null> {
    if (this.child.exitCode !== null) return this.child.exitCode;
    const exited = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await exited;
    return this.child.exitCode;
  }
}
