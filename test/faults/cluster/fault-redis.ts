import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '@parley/testing';
import Redis from 'ioredis';

const READY = 'Ready to accept connections';

/** A real Redis that keeps what it is told (append-only file), and can be killed, frozen, filled and emptied. */
export class FaultRedis {
  private constructor(
    readonly port: number,
    private readonly directory: string,
    private server: ChildProcess,
    /** For looking on; waits for a server that is away. */
    readonly client: Redis,
  ) {}

  static async start(): Promise<FaultRedis> {
    const [port = 0] = await freePorts(1);
    const directory = mkdtempSync(join(tmpdir(), 'parley-faults-redis-'));
    const server = await launch(port, directory);
    const client = new Redis(port, '127.0.0.1', {
      maxRetriesPerRequest: null,
      retryStrategy: () => 200,
    });
    client.on('error', () => undefined);
    return new FaultRedis(port, directory, server, client);
  }

  get url(): string {
    return `redis://127.0.0.1:${String(this.port)}`;
  }

  /** `kill -9`; resolves when it is gone. */
  async kill(): Promise<void> {
    const gone = once(this.server, 'exit');
    this.server.kill('SIGKILL');
    await gone;
  }

  /** Starts it again, from its append-only file unless `empty`. */
  async restart({ empty = false } = {}): Promise<void> {
    if (empty) rmSync(join(this.directory, 'appendonlydir'), { recursive: true, force: true });
    this.server = await launch(this.port, this.directory);
  }

  freeze(): void {
    this.server.kill('SIGSTOP');
  }

  thaw(): void {
    this.server.kill('SIGCONT');
  }

  async stop(): Promise<void> {
    this.client.disconnect();
    this.thaw();
    await this.kill();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

async function launch(port: number, directory: string): Promise<ChildProcess> {
  const program = process.env.TEST_REDIS_SERVER || 'redis-server';
  const settings = ['--bind', '127.0.0.1', '--port', String(port), '--dir', directory];
  const keeping = ['--save', '', '--appendonly', 'yes', '--appendfsync', 'everysec'];
  const server = spawn(program, [...settings, ...keeping, '--maxmemory-policy', 'noeviction'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.once('exit', () => server.kill('SIGKILL'));
  await new Promise<void>((resolve, reject) => {
    let output = '';
    server.stdout.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-4_000);
      if (output.includes(READY)) resolve();
    });
    server.once('error', reject);
    server.once('exit', () => {
      reject(new Error(`redis-server ended at start: ${output}`));
    });
  });
  return server;
}
