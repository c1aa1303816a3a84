import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from './free-ports';

export interface TestRedis {
  url: string;
  /** Ends the server and removes its files; may be called twice. */
  stop(): Promise<void>;
}

/**
 * Starts a real Redis of the test's own: free loopback port, no persistence. The program is `redis-server`
 * unless TEST_REDIS_SERVER names another (`test/servers` runs Redis 8 that way).
 * @throws Error when the program is not installed or does not come up.
 */
export async function startRedisServer(options: { port?: number } = {}): Promise<TestRedis> {
  const directory = await mkdtemp(join(tmpdir(), 'parley-redis-'));
  const port = options.port ?? (await freePorts(1))[0] ?? 0;
  const server = spawn(
    process.env.TEST_REDIS_SERVER || 'redis-server',
    ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no'],
    { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const kill = (): void => {
    server.kill('SIGKILL');
  };
  // A test run that is cut short must not leave a server behind.
  process.once('exit', kill);
  const gone = new Promise<void>((resolve) => {
    server.once('close', resolve);
    server.once('error', () => {
      resolve();
    });
  });
  const stop = async (): Promise<void> => {
    server.kill('SIGTERM');
    const cut = setTimeout(kill, 3_000);
    await gone;
    clearTimeout(cut);
    process.off('exit', kill);
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await ready(server);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `redis://127.0.0.1:${port}`, stop };
}

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    const read = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-4_000);
      if (output.includes('Ready to accept connections')) resolve();
    };
    server.stdout?.on('data', read);
    server.stderr?.on('data', read);
    server.once('error', (error) => {
      reject(
        new Error('redis-server cannot be started: install Redis >= 7 (apt-get install redis)', {
          cause: error,
        }),
      );
    });
    server.once('exit', () => {
      reject(new Error(`redis-server ended at start: ${output}`));
    });
  });
}
