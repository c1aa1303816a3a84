import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { PROJECT_ROOT } from '@parley/config';
import { startRedisServer, OtlpReceiver } from '@parley/testing';
import type { Bench } from '../measure';
import { percentile } from '../percentile';
import { costFindings, costPlots } from './cost-findings';
import { platformCostPage, type CostRow } from './cost-page';
import { MeasuredServer, type Round, type Variant } from './measured-server';
import { measureServices } from './services';

/** Before each round: a server that had to wait for its turn is cold. */
const FULL = { rounds: 5, seconds: 4, warmUpSeconds: 1 };
const SMOKE = { rounds: 1, seconds: 0.3, warmUpSeconds: 0.1 };
const KEY = 'bench-key-of-no-consequence';

/** Everything on: a key is asked for, the limit counts, nothing is refused. */
const ON = {
  AUTH_ENABLED: '1',
  SERVICE_API_KEY: KEY,
  RATE_LIMIT_PER_MINUTE: '100000000',
  DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
};

/** Measures what the platform costs: all variants in one run, in turns. */
export async function runHttpBench({ say, smoke, ...bench }: Bench): Promise<void> {
  const sizes = smoke ? SMOKE : FULL;
  const redis = await startRedisServer();
  const receiver = await OtlpReceiver.start();
  const headers = { authorization: `Bearer ${KEY}` };
  const baseline = { env: {}, headers: {}, withKeys: false, ours: false };
  const full = { command: nodeProgram('full.main'), headers, withKeys: false, ours: true };
  const tracing = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url };
  const variants: Variant[] = [
    { ...baseline, name: 'bare Nest on Express', command: nodeProgram('bare.main') },
    { ...full, name: 'everything on, counters in memory', env: ON },
    { ...full, name: 'the same with Idempotency-Key', env: ON, withKeys: true },
    { ...full, name: 'everything on, counters in Redis', env: { ...ON, REDIS_URL: redis.url } },
    { ...full, name: 'everything on, in memory, traced', env: { ...ON, ...tracing } },
    { ...baseline, name: 'raw Node.js, no framework', command: nodeProgram('raw.main') },
  ];
  const python = pythonWithFastApi();
  if (python) {
    const command = [python, join(PROJECT_ROOT, 'bench/http/fastapi_server.py')] as const;
    variants.push({ ...baseline, name: 'the like on FastAPI', command, env: ON, headers });
  }
  const servers: MeasuredServer[] = [];
  try {
    for (const variant of variants) servers.push(await MeasuredServer.start(variant));
    const rounds = new Map<MeasuredServer, Round[]>(servers.map((server) => [server, []]));
    for (let nth = 1; nth <= sizes.rounds; nth++) {
      say(`Round ${nth} of ${sizes.rounds} …`);
      for (const server of servers) {
        await server.warmUp(sizes.warmUpSeconds);
        rounds.get(server)?.push(await server.round(sizes.seconds));
      }
    }
    const rows = servers.map((server) => toRow(server.variant, rounds.get(server) ?? []));
    refuseFailures(rows);
    await Promise.all(servers.splice(0).map((server) => server.stop()));
    say('Starting the services, each in a process of its own …');
    const services = await measureServices(redis.url, smoke);
    bench.publish({
      page: platformCostPage(bench.measuredOn, bench.machine, rows, services),
      findings: costFindings(rows, services),
      plots: costPlots(rows, services),
    });
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await receiver.stop();
    await redis.stop();
  }
}

function nodeProgram(name: 'bare.main' | 'full.main' | 'raw.main') {
  return [process.execPath, join(__dirname, `${name}.js`)] as const;
}

/** A Python that has FastAPI, if there is one here (Debian: python3-fastapi, python3-uvicorn). */
function pythonWithFastApi(): string | undefined {
  return ['python3', '/usr/bin/python3'].find(
    (python) => spawnSync(python, ['-c', 'import fastapi, uvicorn']).status === 0,
  );
}

function toRow({ name, ours, env }: Variant, rounds: Round[]): CostRow {
  return {
    name,
    ours,
    traced: 'OTEL_EXPORTER_OTLP_ENDPOINT' in env,
    cpuUs: median(rounds.map(({ cpuUs }) => cpuUs)),
    p50Ms: median(rounds.map(({ p50Ms }) => p50Ms)),
    p99Ms: median(rounds.map(({ p99Ms }) => p99Ms)),
    perSecond: median(rounds.map(({ perSecond }) => perSecond)),
    failures: rounds.reduce((sum, { failures }) => sum + failures, 0),
    rounds,
  };
}

/** A request that was refused costs less than one that was answered. */
function refuseFailures(rows: CostRow[]): void {
  for (const { name, ours, failures } of rows) {
    if (ours && failures > 0)
      throw new Error(`${name}: ${failures} requests were not answered well`);
  }
}

function median(values: number[]): number {
  return percentile(values, 50) ?? Number.NaN;
}
