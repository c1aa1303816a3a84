import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createParleyClient, type ParleyClient } from '@parley/client';
import { PROJECT_ROOT, SERVICE_NAMES, type ServiceName } from '@parley/config';
import {
  freePorts,
  startRedisServer,
  startTestDatabase,
  type TestDatabase,
  type TestRedis,
} from '@parley/testing';
import { Client } from 'pg';
import { WebSocket } from 'ws';
import { ServiceProcess } from '../../test/harness/service-process';

export interface SystemOptions {
  services?: readonly ServiceName[];
  /** Set in the environment of every service. */
  settings?: Record<string, string>;
}

/** Services as processes of their own, on a Redis and a database that nobody else uses. */
export class RunningSystem {
  readonly processes = new Map<ServiceName, ServiceProcess>();
  readonly client: ParleyClient;

  private constructor(
    readonly redis: TestRedis,
    private readonly testDatabase: TestDatabase,
    /** For what no API tells. */
    readonly database: Client,
    private readonly dataDir: string,
    private readonly env: Record<string, string>,
    urls: Record<ServiceName, string>,
  ) {
    this.client = createParleyClient({ baseUrls: urls, openSocket: (url) => new WebSocket(url) });
  }

  static async start({ services = SERVICE_NAMES, settings = {} }: SystemOptions = {}) {
    const [redis, testDatabase] = await Promise.all([startRedisServer(), startTestDatabase()]);
    const dataDir = mkdtempSync(join(tmpdir(), 'parley-bench-pipeline-'));
    const ports = await freePorts(SERVICE_NAMES.length);
    const urls = Object.fromEntries(
      SERVICE_NAMES.map((name, at) => [name, `http://127.0.0.1:${ports[at] ?? 0}`]),
    ) as Record<ServiceName, string>;
    const database = new Client({ connectionString: testDatabase.url });
    await database.connect();
    const env = {
      DATABASE_URL: testDatabase.url,
      DATABASE_POOL_SIZE: process.env.TEST_DATABASE_URL ? '10' : '2',
      REDIS_URL: redis.url,
      DATA_DIR: dataDir,
      MODELS_DIR: process.env.MODELS_DIR ?? join(PROJECT_ROOT, '.parley/models'),
      APPROVAL_SIGNING_KEY: randomBytes(20).toString('hex'),
      CONNECTIONS_KEY: randomBytes(32).toString('base64'),
      RATE_LIMIT_PER_MINUTE: '0',
      LOG_LEVEL: 'warn',
      // As docker/service.Dockerfile has it.
      MALLOC_ARENA_MAX: '2',
      ...Object.fromEntries(SERVICE_NAMES.map((name) => [`${name.toUpperCase()}_URL`, urls[name]])),
      ...settings,
    };
    const system = new RunningSystem(redis, testDatabase, database, dataDir, env, urls);
    try {
      for (const name of services) {
        const { port } = new URL(urls[name]);
        system.processes.set(name, await system.spawn(name, Number(port)));
      }
      await Promise.all([...system.processes.values()].map((one) => one.ready()));
      return system;
    } catch (error) {
      await system.stop();
      throw error;
    }
  }

  /** One more replica, which nobody is sent to by address. */
  spawn(name: ServiceName, port?: number): Promise<ServiceProcess> {
    const program = { name, file: `dist/apps/${name}/src/main.js` };
    return ServiceProcess.spawn(program, this.env, port);
  }

  pidOf(name: ServiceName): number {
    const pid = this.processes.get(name)?.child.pid;
    if (pid === undefined) throw new Error(`${name} does not run`);
    return pid;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.processes.values()].map((one) => one.stop()));
    await this.database.end().catch(() => undefined);
    await Promise.all([this.redis.stop(), this.testDatabase.stop()]);
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** Runs `work` with a system of its own, and stops it whatever happens. */
export async function withSystem<T>(
  options: SystemOptions,
  work: (system: RunningSystem) => Promise<T>,
): Promise<T> {
  const system = await RunningSystem.start(options);
  try {
    return await work(system);
  } finally {
    await system.stop();
  }
}
