import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { PROJECT_ROOT, SERVICE_NAMES, type ServiceName } from '@parley/config';
import { freePorts, startTestDatabase } from '@parley/testing';
import { ServiceProcess } from '../../test/harness/service-process';
import { percentile } from '../percentile';
import { treeUse } from '../process-tree';

export interface ServiceFigures {
  name: ServiceName;
  /** NaN, as its processor time, where the system does not tell. */
  pssMb: number;
  readySeconds: number;
  /** Processor time up to then, all threads: what a busy machine does not lengthen. */
  readyCpuSeconds: number;
  note: string;
}

const NOTES: Partial<Record<ServiceName, string>> = {
  asr: 'with the speech engine and the voice detector',
  rag: 'with the embedding worker',
};
/** The first makes the tables, which happens once, and is not counted. */
const STARTS = 6;
const IDLE_MS = 10_000;

/**
 * Starts the six services one after the other, six times, and says what each needs: medians, and memory once all are idle.
 * @param smoke starts one of them, and does not wait until it is idle
 */
export async function measureServices(redisUrl: string, smoke: boolean): Promise<ServiceFigures[]> {
  const names = smoke ? SERVICE_NAMES.filter((name) => name === 'nlu') : SERVICE_NAMES;
  const database = await startTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-bench-http-'));
  const ports = await freePorts(SERVICE_NAMES.length);
  const running: { name: ServiceName; service: ServiceProcess }[] = [];
  const starts: { name: ServiceName; seconds: number; cpuSeconds: number }[] = [];
  const portOf = (name: ServiceName): number => ports[SERVICE_NAMES.indexOf(name)] ?? 0;
  const env = {
    DATABASE_URL: database.url,
    DATABASE_POOL_SIZE: '1',
    REDIS_URL: redisUrl,
    DATA_DIR: dataDir,
    MODELS_DIR: process.env.MODELS_DIR ?? join(PROJECT_ROOT, '.parley/models'),
    APPROVAL_SIGNING_KEY: 'bench-signing-key-of-no-consequence',
    LOG_LEVEL: 'warn',
    ...Object.fromEntries(
      SERVICE_NAMES.map((name) => [
        `${name.toUpperCase()}_URL`,
        `http://127.0.0.1:${portOf(name)}`,
      ]),
    ),
  };
  const start = async (name: ServiceName): Promise<void> => {
    const startedAt = performance.now();
    const program = { name, file: `dist/apps/${name}/src/main.js` };
    const service = await ServiceProcess.spawn(program, env, portOf(name));
    running.push({ name, service });
    await service.ready();
    const seconds = (performance.now() - startedAt) / 1_000;
    starts.push({
      name,
      seconds,
      cpuSeconds: (treeUse(service.child.pid ?? 0)?.cpuMs ?? Number.NaN) / 1_000,
    });
  };
  const stopAll = async (): Promise<void> => {
    for (const { service } of running.splice(0)) await service.stop();
  };
  try {
    for (let nth = 1; nth <= (smoke ? 2 : STARTS); nth++) {
      await stopAll();
      for (const name of names) await start(name);
      // The first start makes the tables, which happens once; what is measured is every other.
      if (nth === 1) starts.splice(0);
    }
    if (!smoke) await wait(IDLE_MS);
    const medianOf = (name: ServiceName, what: 'seconds' | 'cpuSeconds'): number =>
      percentile(
        starts.filter((each) => each.name === name).map((each) => each[what]),
        50,
      ) ?? Number.NaN;
    return running.map(({ name, service }) => ({
      name,
      readySeconds: medianOf(name, 'seconds'),
      readyCpuSeconds: medianOf(name, 'cpuSeconds'),
      pssMb: (treeUse(service.child.pid ?? 0)?.pssBytes ?? Number.NaN) / 1e6,
      note: NOTES[name] ?? '',
    }));
  } finally {
    await stopAll();
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
