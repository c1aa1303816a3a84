import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { PROJECT_ROOT, SERVICE_NAMES, type ServiceName } from '@parley/config';
import { freePorts, startTestDatabase } from '@parley/testing';
import { treeUse } from '../process-tree';

export interface ServiceFigures {
  name: ServiceName;
  pssMb: number;
  readySeconds: number;
  note: string;
}

const NOTES: Partial<Record<ServiceName, string>> = {
  asr: 'with the speech engine and the voice detector',
  rag: 'with the embedding worker',
};
const READY_LIMIT_MS = 60_000;
const IDLE_MS = 10_000;

/**
 * Starts the six services one after the other, and says what each needs once all are idle.
 * @param smoke starts one of them, and does not wait until it is idle
 */
export async function measureServices(redisUrl: string, smoke: boolean): Promise<ServiceFigures[]> {
  const names = smoke ? SERVICE_NAMES.filter((name) => name === 'nlu') : SERVICE_NAMES;
  const database = await startTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-bench-http-'));
  const ports = await freePorts(SERVICE_NAMES.length);
  const running: { name: ServiceName; child: ChildProcess; readySeconds: number }[] = [];
  const portOf = (name: ServiceName): number => ports[SERVICE_NAMES.indexOf(name)] ?? 0;
  const env = {
    ...process.env,
    DATABASE_URL: database.url,
    DATABASE_POOL_SIZE: '1',
    REDIS_URL: redisUrl,
    DATA_DIR: dataDir,
    MODELS_DIR: process.env.MODELS_DIR ?? join(PROJECT_ROOT, '.parley/models'),
    APPROVAL_SIGNING_KEY: 'bench-signing-key-of-no-consequence',
    LOG_LEVEL: 'warn',
    ...Object.fromEntries(
      SERVICE_NAMES.flatMap((name) => [
        [`${name.toUpperCase()}_PORT`, `${portOf(name)}`],
        [`${name.toUpperCase()}_URL`, `http://127.0.0.1:${portOf(name)}`],
      ]),
    ),
  };
  const start = async (name: ServiceName): Promise<void> => {
    const startedAt = performance.now();
    const main = join(PROJECT_ROOT, `dist/apps/${name}/src/main.js`);
    const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    const one = { name, child, readySeconds: 0 };
    running.push(one);
    await ready(portOf(name));
    one.readySeconds = (performance.now() - startedAt) / 1_000;
  };
  const stopAll = async (): Promise<void> => {
    for (const { child } of running.splice(0)) {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    }
  };
  try {
    // The first start makes the tables, which happens once; what is measured is every other.
    for (const name of names) await start(name);
    await stopAll();
    for (const name of names) await start(name);
    if (!smoke) await wait(IDLE_MS);
    return running.map(({ name, child, readySeconds }) => ({
      name,
      readySeconds,
      pssMb: (treeUse(child.pid ?? 0)?.pssBytes ?? 0) / 1e6,
      note: NOTES[name] ?? '',
    }));
  } finally {
    await stopAll();
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function ready(port: number): Promise<void> {
  const until = performance.now() + READY_LIMIT_MS;
  while (performance.now() < until) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    if (answer?.status === 200) return;
    await wait(20);
  }
  throw new Error(`Nothing is ready on port ${port}.`);
}
