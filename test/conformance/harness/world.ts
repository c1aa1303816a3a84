import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT_ROOT, SERVICE_NAMES, type ServiceName } from '@parley/config';
import {
  freePorts,
  OtlpReceiver,
  startRedisServer,
  startTestDatabase,
  type TestDatabase,
} from '@parley/testing';
import { Client } from 'pg';
import { SAMPLES } from './samples';
import { ServiceProcess, type ServiceProgram } from '../../harness/service-process';
import { LISTED_ORIGIN, Subject, type Surroundings } from './subject';

/** Six services in six processes, as in production, on servers of their own. */
export interface World {
  subjects: Record<ServiceName, Subject>;
  stop(): Promise<void>;
}

/** Starts Redis, Postgres, a trace collector, and the given services, all at once. */
export async function startWorld(names: readonly ServiceName[] = SERVICE_NAMES): Promise<World> {
  const { around, stop } = await startSurroundings();
  const subjects: Partial<Record<ServiceName, Subject>> = {};
  const stopAll = async (): Promise<void> => {
    await Promise.all(Object.values(subjects).map(endSubject));
    await stop();
  };
  try {
    await Promise.all(
      names.map(async (name) => {
        const program = programOf(name);
        const port = new URL(around.env[`${name.toUpperCase()}_URL`] ?? '').port;
        const process = await ServiceProcess.spawn(program, around.env, Number(port));
        subjects[name] = new Subject(name, program, process, SAMPLES[name], around);
      }),
    );
    await Promise.all(Object.values(subjects).map(({ main }) => main.ready()));
  } catch (error) {
    await stopAll();
    throw error;
  }
  return { subjects: subjects as Record<ServiceName, Subject>, stop: stopAll };
}

/** The built service, as its container starts it. */
function programOf(name: ServiceName): ServiceProgram {
  return { name, file: `dist/apps/${name}/src/main.js` };
}

export async function endSubject(subject: Subject): Promise<void> {
  await subject.stopOthers();
  await subject.main.stop();
  subject.close();
}

/** The servers that the services stand on, and the settings that point there. */
export async function startSurroundings(): Promise<{
  around: Surroundings;
  stop(): Promise<void>;
}> {
  const cleanUp: (() => Promise<unknown> | undefined)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of cleanUp.splice(0).reverse()) await step();
  };
  try {
    const dataDir = mkdtempSync(join(tmpdir(), 'parley-conformance-'));
    cleanUp.push(async () => {
      rmSync(dataDir, { recursive: true, force: true });
    });
    const openRedis = async (): Promise<string> => {
      const redis = await startRedisServer();
      cleanUp.push(() => redis.stop());
      return redis.url;
    };
    const redisUrl = await openRedis();
    const traces = await OtlpReceiver.start();
    cleanUp.push(() => traces.stop());
    const openDatabase = async (): Promise<{ url: string; client: Client }> => {
      const database: TestDatabase = await startTestDatabase();
      cleanUp.push(() => database.stop());
      const client = new Client(database.url);
      await client.connect();
      cleanUp.push(() => client.end());
      return { url: database.url, client };
    };
    const database = await openDatabase();
    const openOthers = async (): ReturnType<Surroundings['others']> => {
      const { url: databaseUrl, client } = await openDatabase();
      return { databaseUrl, database: client, redisUrl: await openRedis() };
    };
    let others: ReturnType<typeof openOthers> | undefined;

    const keys = [newSecret(), newSecret()] as const;
    const signingKey = newSecret();
    const connectionsKey = randomBytes(32).toString('base64');
    const realDatabase = Boolean(process.env.TEST_DATABASE_URL);
    const env = {
      ...(await serviceAddresses()),
      DATABASE_URL: database.url,
      DATABASE_POOL_SIZE: realDatabase ? '5' : '2',
      REDIS_URL: redisUrl,
      DATA_DIR: dataDir,
      MODELS_DIR: join(PROJECT_ROOT, '.parley/models'),
      AUTH_ENABLED: '1',
      SERVICE_API_KEY: keys.join(','),
      CORS_ALLOW_ORIGINS: LISTED_ORIGIN,
      APPROVAL_SIGNING_KEY: signingKey,
      CONNECTIONS_KEY: connectionsKey,
      // The walker asks thousands of times; the promise on limits starts services that have them.
      RATE_LIMIT_PER_MINUTE: '0',
      LOG_LEVEL: 'debug',
      OTEL_EXPORTER_OTLP_ENDPOINT: traces.url,
      OTEL_BSP_SCHEDULE_DELAY: '200',
    };
    const password = decodeURIComponent(new URL(database.url).password);
    const around: Surroundings = {
      env,
      keys,
      database: database.client,
      databaseUrl: database.url,
      redisUrl,
      realDatabase,
      traces,
      secrets: [...keys, signingKey, connectionsKey, ...(password.length > 8 ? [password] : [])],
      others: () => (others ??= openOthers()),
    };
    return { around, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function serviceAddresses(): Promise<Record<string, string>> {
  const ports = await freePorts(SERVICE_NAMES.length);
  return Object.fromEntries(
    SERVICE_NAMES.map((name, at) => [
      `${name.toUpperCase()}_URL`,
      `http://127.0.0.1:${String(ports[at])}`,
    ]),
  );
}

function newSecret(): string {
  return randomBytes(20).toString('hex');
}
