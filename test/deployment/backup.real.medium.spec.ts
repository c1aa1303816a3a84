import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createParleyClient, unwrap, type ParleyClient } from '@parley/client';
import { PROJECT_ROOT } from '@parley/config';
import {
  startRedisServer,
  startTestDatabase,
  type TestDatabase,
  type TestRedis,
} from '@parley/testing';
import { Client } from 'pg';
import { ServiceProcess } from '../harness/service-process';

// Real: the scripts that docs/deploy.md names, PostgreSQL 17 and its client programs, ingestion as a process. Not
// here: the container that the scripts reach PostgreSQL through, and the other services: their tables are in the
// same dump.
jest.setTimeout(300_000);

const run = promisify(execFile);
const KEY = 'key-of-the-operator-0123456789';

let database: TestDatabase;
let redis: TestRedis;
let folder: string;
let file: string;
let environment: Record<string, string>;
let ingestion: ServiceProcess;
let client: ParleyClient;

beforeAll(async () => {
  [database, redis] = await Promise.all([startTestDatabase(), startRedisServer()]);
  folder = mkdtempSync(join(tmpdir(), 'parley-backup-'));
  file = join(folder, 'parley.dump');
  environment = scriptEnvironment();
  await startIngestion();
});

afterAll(async () => {
  await ingestion.stop();
  await inServer(`DROP DATABASE IF EXISTS ${name()}_before_restore`);
  await Promise.all([database.stop(), redis.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

it('brings back what was there, and forgets again what was erased since', async () => {
  const kept = await meeting('Kept');
  const erased = await meeting('Erased after the backup');
  // More than one argument of a program can hold.
  await inDatabase(
    `INSERT INTO ingestion.erased_meetings (meeting_id) SELECT gen_random_uuid() FROM generate_series(1, 5000)`,
  );
  await script('backup.sh', file);
  await meeting('Later than the backup');
  await unwrap(ingestionOf().DELETE('/v1/meetings/{id}', { params: { path: { id: erased } } }));
  await ingestion.end();

  const said = await script('restore.sh', file);
  expect(said).toContain('1 meetings were erased since');
  expect(readFileSync(`${file}.erased-since`, 'utf8')).toBe(`default ${erased}\n`);
  await startIngestion();
  expect(await titles()).toEqual(['Erased after the backup', 'Kept']);

  environment.INGESTION = ingestion.url;
  await script('erase-again.sh', `${file}.erased-since`);
  await script('erase-again.sh', `${file}.erased-since`);
  expect(await titles()).toEqual(['Kept']);
  const { data } = await ingestionOf().GET('/v1/meetings/{id}', { params: { path: { id: kept } } });
  expect(data?.title).toBe('Kept');
});

it('marks again what became notes-only since', async () => {
  const reduced = await meeting('Notes only');
  const later = join(folder, 'later.dump');
  await script('backup.sh', later);
  await inDatabase(
    `INSERT INTO ingestion.reductions (meeting_id, workspace_id) VALUES ('${reduced}', 'default')`,
  );
  await ingestion.end();
  await inServer(`DROP DATABASE ${name()}_before_restore`);
  await script('restore.sh', later);
  await startIngestion();
  const params = { path: { id: reduced } };
  const { data } = await ingestionOf().GET('/v1/meetings/{id}', { params });
  expect(data).toMatchObject({ privacyMode: 'notes-only', status: 'ended' });
  await unwrap(ingestionOf().DELETE('/v1/meetings/{id}', { params }));
});

it('does not take for nothing what it cannot read', async () => {
  await ingestion.end();
  await inServer(`DROP DATABASE ${name()}_before_restore`);
  await inDatabase('ALTER TABLE ingestion.erased_meetings RENAME meeting_id TO unreadable');
  await expect(script('restore.sh', file)).rejects.toThrow('ERASED_UNKNOWN=ok restores');
  await inDatabase('ALTER TABLE ingestion.erased_meetings RENAME unreadable TO meeting_id');
  await startIngestion();
  expect(await titles()).toEqual(['Kept']);
});

it('changes nothing while the services are connected', async () => {
  await expect(script('restore.sh', file)).rejects.toThrow('stop the services first');
  expect(await titles()).toEqual(['Kept']);
});

it('changes nothing when the backup was cut off, or an earlier restore was not cleared away', async () => {
  await ingestion.end();
  await inServer(`CREATE DATABASE ${name()}_before_restore`);
  await expect(script('restore.sh', file)).rejects.toThrow('_before_restore is there');
  await inServer(`DROP DATABASE ${name()}_before_restore`);
  truncateSync(file, Math.floor(readFileSync(file).length / 2));
  await expect(script('restore.sh', file)).rejects.toThrow('is no whole backup');
  await startIngestion();
  expect(await titles()).toEqual(['Kept']);
});

it('writes over no backup', async () => {
  await expect(script('backup.sh', file)).rejects.toThrow('is there already');
});

const name = (): string => new URL(database.url).pathname.slice(1);
const ingestionOf = (): ParleyClient['ingestion'] => client.ingestion;

async function meeting(title: string): Promise<string> {
  return (await unwrap(ingestionOf().POST('/v1/meetings', { body: { title } }))).id;
}

async function titles(): Promise<string[]> {
  const { items } = await unwrap(ingestionOf().GET('/v1/meetings'));
  return items.map(({ title }) => title).sort();
}

async function startIngestion(): Promise<void> {
  const program = { name: 'ingestion', file: 'dist/apps/ingestion/src/main.js' };
  ingestion = await ServiceProcess.spawn(program, {
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    AUTH_ENABLED: '1',
    SERVICE_API_KEY: KEY,
    DATA_DIR: folder,
    LOG_LEVEL: 'warn',
  });
  await ingestion.ready();
  client = createParleyClient({ baseUrls: { ingestion: ingestion.url }, apiKey: KEY });
}

const inServer = (sql: string): Promise<void> => query(process.env.TEST_DATABASE_URL, sql);
const inDatabase = (sql: string): Promise<void> => query(database.url, sql);

async function query(url: string | undefined, sql: string): Promise<void> {
  const server = new Client(url);
  await server.connect();
  await server.query(sql).finally(() => server.end());
}

/** @returns what it printed. @throws Error with what it complained of. */
async function script(file: string, argument: string): Promise<string> {
  const { stdout } = await run('sh', [join(PROJECT_ROOT, 'docker/backup', file), argument], {
    env: { PATH: process.env.PATH, ...environment },
  });
  return stdout;
}

/** In place of the container: the client programs of the unpacked Debian. */
function scriptEnvironment(): Record<string, string> {
  const root = process.env.TEST_POSTGRES_ROOT ?? '';
  const programs = join(folder, 'postgres');
  const path = '/usr/lib/postgresql/17/bin:/usr/bin:/bin';
  writeFileSync(programs, `#!/bin/sh\nexec chroot '${root}' env PATH=${path} "$@"\n`);
  chmodSync(programs, 0o755);
  const key = join(folder, 'service_api_key');
  writeFileSync(key, KEY);
  const { hostname, port, username, password } = new URL(database.url);
  return {
    POSTGRES: programs,
    SERVER: `host=${hostname} port=${port} user=${username} password=${password}`,
    NAME: name(),
    SERVICE_KEY: key,
  };
}
