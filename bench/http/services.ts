import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { PROJECT_ROOT, SERVICE_NAMES, type ServiceName } from '@parley/config';
import { freePorts, startTestDatabase } from '@parley/testing';
import { ServiceProcess } from '../../test/harness/service-process';
import { percentile } from '../percentile';
import { treeUse } from '../process-tree';

export interface ServicesFigures {
  services: ServiceFigures[];
  /** Memory of all six, with no weights for those that have engines. Unit: MB; NaN where the system does not tell. */
  withoutEnginesMb: number;
}

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
const START_LIMIT_MS = 60_000;

/**
 * Starts the six services one after the other, six times, and says what each needs: medians, and memory once all are idle; then once
 * more without engines.
 * @param smoke starts one of them, and does not wait until it is idle
 */
export async function measureServices(redisUrl: string, smoke: boolean): Promise<ServicesFigures> {
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
  const spawn = async (name: ServiceName, settings = env): Promise<ServiceProcess> => {
    const program = { name, file: `dist/apps/${name}/src/main.js` };
    const service = await ServiceProcess.spawn(program, settings, portOf(name));
    running.push({ name, service });
    return service;
  };
  const start = async (name: ServiceName): Promise<void> => {
    const startedAt = performance.now();
    const service = await spawn(name);
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
    const services = running.map(({ name, service }) => ({
      name,
      readySeconds: medianOf(name, 'seconds'),
      readyCpuSeconds: medianOf(name, 'cpuSeconds'),
      pssMb: pssMbOf(service),
      note: NOTES[name] ?? '',
    }));
    if (smoke) return { services, withoutEnginesMb: Number.NaN };
    await stopAll();
    // Alive, and not ready: the weights that it asks for are not there.
    const without = { ...env, MODELS_DIR: join(dataDir, 'no-models') };
    for (const name of names) {
      const service = await spawn(name, without);
      await service.answers('/livez', ({ status }) => status === 200, START_LIMIT_MS);
    }
    await wait(IDLE_MS);
    const withoutEnginesMb = running.reduce((sum, { service }) => sum + pssMbOf(service), 0);
    return { services, withoutEnginesMb };
  } finally {
    await stopAll();
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function pssMbOf({ child }: ServiceProcess): number {
  return (treeUse(child.pid ?? 0)?.pssBytes ?? Number.NaN) / 1e6;
}
