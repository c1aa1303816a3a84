import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createParleyClient, unwrap, type ParleyClient, type ServiceUrls } from '@parley/client';
import { PROJECT_ROOT, SERVICE_NAMES, type ServiceName } from '@parley/config';
import {
  startRedisServer,
  startTestDatabase,
  type TestDatabase,
  type TestRedis,
} from '@parley/testing';
import { WebSocket } from 'ws';
import { Balancer } from '../harness/balancer';
import { eventually } from '../harness/eventually';
import { ServiceProcess } from '../harness/service-process';
import { LiveAudio } from './live-audio';
import { SteadyRequests } from './steady-requests';

// Real: every service as a process, replaced one after the other as docker-compose.prod.yml tells Swarm to
// (start-first), Redis, Postgres, meetings that are spoken meanwhile, requests on kept connections. Not here: Swarm,
// so a balancer of connections stands for its virtual address. ROLLING_LOAD=full is 200 requests a second and ten
// meetings; without it two cores carry it beside everything else.
jest.setTimeout(900_000);

const FULL = process.env.ROLLING_LOAD === 'full';
const REQUESTS_A_SECOND = FULL ? 200 : 30;
const MEETINGS = FULL ? 10 : 2;
const START_MS = 300_000;

let database: TestDatabase;
let redis: TestRedis;
let dataDir: string;
let environment: Record<string, string>;
let parley: ParleyClient;
const balancers = new Map<ServiceName, Balancer>();
const running = new Map<ServiceName, ServiceProcess>();
/** All replicas of asr, also those that were replaced. */
const listeners: ServiceProcess[] = [];

beforeAll(async () => {
  [database, redis] = await Promise.all([startTestDatabase(), startRedisServer()]);
  dataDir = mkdtempSync(join(tmpdir(), 'parley-rolling-'));
  for (const name of SERVICE_NAMES) balancers.set(name, await Balancer.start());
  const urls = Object.fromEntries(
    SERVICE_NAMES.map((name) => [name, balancers.get(name)?.url]),
  ) as ServiceUrls;
  const apiKey = secret();
  environment = {
    ...Object.fromEntries(SERVICE_NAMES.map((name) => [`${name.toUpperCase()}_URL`, urls[name]])),
    DATABASE_URL: database.url,
    DATABASE_POOL_SIZE: process.env.TEST_DATABASE_URL ? '5' : '2',
    REDIS_URL: redis.url,
    DATA_DIR: dataDir,
    MODELS_DIR: join(PROJECT_ROOT, '.parley/models'),
    AUTH_ENABLED: '1',
    SERVICE_API_KEY: apiKey,
    APPROVAL_SIGNING_KEY: secret(),
    CONNECTIONS_KEY: randomBytes(32).toString('base64'),
    RATE_LIMIT_PER_MINUTE: '0',
    // A crowded machine may be slow; what fails is to be what the restart broke.
    REQUEST_TIMEOUT_SECONDS: '120',
    ASR_MAX_MEETINGS: '32',
    // As docker-compose.prod.yml has it: longer than clients are told to keep a connection that nothing comes over.
    SHUTDOWN_DELAY_SECONDS: '5',
    SHUTDOWN_GRACE_SECONDS: '30',
  };
  await Promise.all(SERVICE_NAMES.map(putInService));
  parley = createParleyClient({
    baseUrls: urls,
    apiKey,
    openSocket: (url) => new WebSocket(url),
  });
});

afterAll(async () => {
  await Promise.all([...running.values()].map((service) => service.stop()));
  await Promise.all([...balancers.values()].map((balancer) => balancer.stop()));
  await Promise.all([database.stop(), redis.stop()]);
  rmSync(dataDir, { recursive: true, force: true });
});

it('every service is replaced while people speak and ask: no request fails, no audio is lost', async () => {
  const meetings = await Promise.all(
    Array.from({ length: MEETINGS }, (_, nth) => startMeeting(`Meeting ${String(nth)}`)),
  );
  const requests = new SteadyRequests(parley, REQUESTS_A_SECOND);
  const replaced: string[] = [];
  for (const name of SERVICE_NAMES) {
    const before = running.get(name);
    await putInService(name);
    // Swarm takes a replica out of its address and ends it at once.
    expect(await before?.end()).toEqual({ code: 0, signal: null });
    replaced.push(name);
  }
  const { sent, failures } = await requests.stop();
  expect(replaced).toEqual(SERVICE_NAMES);
  expect(failures).toEqual([]);
  expect(sent).toBeGreaterThan(REQUESTS_A_SECOND);

  for (const { id, audio } of meetings) {
    const spokenMs = await audio.stop();
    await unwrap(parley.ingestion.POST('/v1/meetings/{id}/end', { params: { path: { id } } }));
    const coverage = await eventually('audio is still pending', START_MS, async () => {
      const params = { path: { id } };
      const found = await unwrap(parley.ingestion.GET('/v1/meetings/{id}/coverage', { params }));
      return found.pendingMs === 0 ? found : undefined;
    });
    const given = coverage.spans.filter(({ state }) => state === 'lost' || state === 'shed');
    expect({ given, said: asrLines() }).toEqual({ given: [], said: [] });
    expect(coverage).toMatchObject({ totalMs: spokenMs, lostMs: 0, shedMs: 0 });
    expect(coverage.transcribedMs).toBeGreaterThan(0);
  }
});

/** What its replicas said of audio that they gave up. */
function asrLines(): string[] {
  return listeners.flatMap(({ lines }) => lines.filter((line) => line.includes('utterance.lost')));
}

/** Start-first: the new one is asked once it is ready, and then alone. */
async function putInService(name: ServiceName): Promise<void> {
  const program = { name, file: `dist/apps/${name}/src/main.js` };
  const next = await ServiceProcess.spawn(program, environment);
  const before = running.get(name);
  running.set(name, next);
  if (name === 'asr') listeners.push(next);
  try {
    await next.ready(START_MS);
  } catch (error) {
    await before?.stop();
    throw error;
  }
  balancers.get(name)?.serve([Number(new URL(next.url).port)]);
}

async function startMeeting(title: string): Promise<{ id: string; audio: LiveAudio }> {
  const { id } = await unwrap(parley.ingestion.POST('/v1/meetings', { body: { title } }));
  const wav = readFileSync(join(PROJECT_ROOT, 'test/fixtures/jfk.wav'));
  return { id, audio: await LiveAudio.start(parley, id, wav.subarray(78)) };
}

function secret(): string {
  return randomBytes(20).toString('hex');
}
