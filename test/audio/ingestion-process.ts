import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { PROJECT_ROOT } from '@parley/config';

/** Ingestion as production runs it, always on the same port, so that who lost it finds it again. */
export class IngestionProcess {
  private child: ChildProcess | undefined;

  constructor(
    readonly url: string,
    private readonly env: Record<string, string>,
  ) {}

  /** Resolves when it serves. */
  async start(): Promise<void> {
    const main = join(PROJECT_ROOT, 'dist/apps/ingestion/src/main.js');
    const { port } = new URL(this.url);
    const child = spawn(process.execPath, [main], {
      cwd: PROJECT_ROOT,
      env: {
        PATH: process.env.PATH,
        ...this.env,
        INGESTION_PORT: port,
        RATE_LIMIT_PER_MINUTE: '0',
      },
    });
    this.child = child;
    await new Promise<void>((resolve, reject) => {
      let output = '';
      const read = (chunk: Buffer): void => {
        output = (output + chunk.toString('utf8')).slice(-8_000);
        if (output.includes('service.up')) resolve();
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('exit', () => {
        reject(new Error(`ingestion ended: ${output}`));
      });
    });
  }

  /** As a crash, or the kernel when memory is short: nothing is finished. */
  async kill(): Promise<void> {
    const { child } = this;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }
}
