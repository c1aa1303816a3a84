import { randomBytes } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PROJECT_ROOT } from '@parley/config';
import { startEmbeddedDatabase } from '@parley/database';
import { Client } from 'pg';

export interface TestDatabase {
  url: string;
  /** Ends it and removes what it stored. */
  stop(): Promise<void>;
}

/**
 * A fresh, empty database with pgvector: the embedded one on a free port, or, when TEST_DATABASE_URL
 * names a server (of a role that may create databases), one of its own there.
 */
export async function startTestDatabase(): Promise<TestDatabase> {
  const server = process.env.TEST_DATABASE_URL;
  return server ? createOn(server) : startEmbedded();
}

async function startEmbedded(): Promise<TestDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-postgres-'));
  const remove = (): void => {
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    cpSync(await freshCluster(), dataDir, { recursive: true });
    const database = await startEmbeddedDatabase({ dataDir });
    return { url: database.url, stop: () => database.stop().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Making a cluster takes seconds of CPU, a copy of it none: it is made once per version and kept. */
async function freshCluster(): Promise<string> {
  const manifest = join(PROJECT_ROOT, 'node_modules/@electric-sql/pglite/package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const cache = join(PROJECT_ROOT, 'node_modules/.cache/parley');
  const kept = join(cache, `postgres-${version}`);
  if (existsSync(kept)) return kept;
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(join(cache, 'draft-'));
  await (await startEmbeddedDatabase({ dataDir: draft })).stop();
  try {
    renameSync(draft, kept);
  } catch {
    // Another test made it meanwhile.
    rmSync(draft, { recursive: true, force: true });
  }
  return kept;
}

async function createOn(server: string): Promise<TestDatabase> {
  const name = `parley_test_${randomBytes(6).toString('hex')}`;
  await administer(server, (client) => client.query(`CREATE DATABASE ${name}`));
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    stop: () => administer(server, (client) => drop(client, name)),
  };
}

/** A pool's `end` resolves before the server has seen it: a forced end would be an error that nobody listens for. */
const LAST_SESSIONS_MS = 1_000;

async function drop(client: Client, database: string): Promise<void> {
  const until = Date.now() + LAST_SESSIONS_MS;
  while (Date.now() < until) {
    const sessions = 'SELECT 1 FROM pg_stat_activity WHERE datname = $1 LIMIT 1';
    if ((await client.query(sessions, [database])).rowCount === 0) break;
    await sleep(5);
  }
  await client.query(`DROP DATABASE ${database} WITH (FORCE)`);
}

async function administer(
  server: string,
  work: (client: Client) => Promise<unknown>,
): Promise<void> {
  const client = new Client(server);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
