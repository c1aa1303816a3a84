import { writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { PROJECT_ROOT } from '@parley/config';
import { startRedisServer, OtlpReceiver } from '@parley/testing';
import { describeMachine } from '../machine';
import { platformCostPage, type CostRow } from './cost-page';
import { MeasuredServer, type Round, type Variant } from './measured-server';
import { measureServices } from './services';

const ROUNDS = 5;
const ROUND_SECONDS = 4;
/** Before each round: a server that had to wait for its turn is cold. */
const WARM_UP_SECONDS = 1;
const PAGE = join(PROJECT_ROOT, 'docs/platform-cost.md');
const KEY = 'bench-key-of-no-consequence';

/** Everything on: a key is asked for, the limit counts, nothing is refused. */
const ON = {
  AUTH_ENABLED: '1',
  SERVICE_API_KEY: KEY,
  RATE_LIMIT_PER_MINUTE: '100000000',
  DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
};

/** Measures what the platform costs and writes docs/platform-cost.md: all variants in one run, in turns. */
export async function runHttpBench(say: (line: string) => void): Promise<void> {
  const redis = await startRedisServer();
  const receiver = await OtlpReceiver.start();
  const headers = { authorization: `Bearer ${KEY}` };
  const full = { command: nodeProgram('full.main'), headers, withKeys: false };
  const tracing = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url };
  const variants: Variant[] = [
    {
      name: 'bare Nest on Express',
      command: nodeProgram('bare.main'),
      env: {},
      headers: {},
      withKeys: false,
    },
    { ...full, name: 'everything on, counters in memory', env: ON },
    { ...full, name: 'the same with Idempotency-Key', env: ON, withKeys: true },
    { ...full, name: 'everything on, counters in Redis', env: { ...ON, REDIS_URL: redis.url } },
    { ...full, name: 'everything on, in memory, traced', env: { ...ON, ...tracing } },
  ];
  const python = pythonWithFastApi();
  if (python) {
    const command = [python, join(PROJECT_ROOT, 'bench/http/fastapi_server.py')] as const;
    variants.push({ name: 'the like on FastAPI', command, env: ON, headers, withKeys: false });
  }
  const servers: MeasuredServer[] = [];
  try {
    for (const variant of variants) servers.push(await MeasuredServer.start(variant));
    const rounds = new Map<MeasuredServer, Round[]>(servers.map((server) => [server, []]));
    for (let nth = 1; nth <= ROUNDS; nth++) {
      say(`Round ${nth} of ${ROUNDS} …`);
      for (const server of servers) {
        await server.round(WARM_UP_SECONDS);
        rounds.get(server)?.push(await server.round(ROUND_SECONDS));
      }
    }
    const rows = servers.map((server) => toRow(server.variant.name, rounds.get(server) ?? []));
    await Promise.all(servers.splice(0).map((server) => server.stop()));
    say('Starting the six services, each in a process of its own …');
    const page = platformCostPage(
      new Date().toISOString().slice(0, 10),
      describeMachine(),
      rows,
      await measureServices(redis.url),
    );
    writeFileSync(PAGE, page);
    say(page);
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await receiver.stop();
    await redis.stop();
  }
}

function nodeProgram(name: 'bare.main' | 'full.main') {
  return [process.execPath, join(__dirname, `${name}.js`)] as const;
}

/** A Python that has FastAPI, if there is one here (Debian: python3-fastapi, python3-uvicorn). */
function pythonWithFastApi(): string | undefined {
  return ['python3', '/usr/bin/python3'].find(
    (python) => spawnSync(python, ['-c', 'import fastapi, uvicorn']).status === 0,
  );
}

function toRow(name: string, rounds: Round[]): CostRow {
  return {
    name,
    cpuUs: median(rounds.map(({ cpuUs }) => cpuUs)),
    p50Ms: median(rounds.map(({ p50Ms }) => p50Ms)),
    p99Ms: median(rounds.map(({ p99Ms }) => p99Ms)),
    perSecond: median(rounds.map(({ requests }) => requests / ROUND_SECONDS)),
    failures: rounds.reduce((sum, { failures }) => sum + failures, 0),
  };
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
