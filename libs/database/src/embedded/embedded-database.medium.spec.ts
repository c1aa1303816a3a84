import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtFile } from '@parley/config';
import { Client, Pool } from 'pg';
import { startEmbeddedDatabase, type EmbeddedDatabase } from './start-embedded-database';

// Real: PGlite in its child process, TCP, the pg driver.
describe('the embedded database', () => {
  let dataDir: string;
  let database: EmbeddedDatabase;
  let restarted: () => void = () => undefined;

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'parley-embedded-'));
    database = await startEmbeddedDatabase({
      dataDir,
      idleInTransactionMs: 1_000,
      onRestart: () => {
        restarted();
      },
    });
  });

  afterAll(async () => {
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function withClient<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const client = new Client(database.url);
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  it('keeps the transactions of many clients apart', async () => {
    const pool = new Pool({ connectionString: database.url, max: 12 });
    await pool.query('CREATE TABLE accounts (client int, step int)');
    await Promise.all(
      Array.from({ length: 12 }, async (_, client) => {
        for (let step = 0; step < 10; step++) {
          const connection = await pool.connect();
          await connection.query('BEGIN');
          await connection.query('INSERT INTO accounts VALUES ($1, $2)', [client, step]);
          const { rows } = await connection.query<{ client: number }>(
            'SELECT client FROM accounts WHERE client = $1 AND step = $2',
            [client, step],
          );
          expect(rows).toEqual([{ client }]);
          await connection.query(step % 5 === 4 ? 'ROLLBACK' : 'COMMIT');
          connection.release();
        }
      }),
    );
    const { rows } = await pool.query<{ n: string }>('SELECT count(*) n FROM accounts');
    expect(Number(rows[0]?.n)).toBe(12 * 8);
    await pool.end();
  });

  it('rolls back what a client left that vanished', async () => {
    await withClient((client) => client.query('CREATE TABLE vanished (a int)'));
    const client = new Client(database.url);
    client.on('error', () => undefined);
    await client.connect();
    await client.query('BEGIN');
    await client.query('INSERT INTO vanished VALUES (1)');
    (
      client as unknown as { connection: { stream: { destroy(): void } } }
    ).connection.stream.destroy();
    const { rows } = await withClient((other) => other.query('SELECT * FROM vanished'));
    expect(rows).toEqual([]);
  });

  it('ends a transaction in which nothing happens, since everybody waits for it', async () => {
    const sleeper = new Client(database.url);
    const ended = new Promise<Error>((resolve) => sleeper.on('error', resolve));
    await sleeper.connect();
    await sleeper.query('BEGIN');
    const { rows } = await withClient((other) => other.query<{ one: number }>('SELECT 1 AS one'));
    expect(rows).toEqual([{ one: 1 }]);
    expect((await ended).message).toContain('idle in transaction');
  });

  it('refuses COPY FROM STDIN, which would end its backend, and goes on', async () => {
    await withClient(async (client) => {
      await client.query('CREATE TABLE copied (a int)');
      await expect(client.query('COPY copied FROM STDIN')).rejects.toMatchObject({ code: '0A000' });
      await expect(
        client.query({ text: 'copy copied from stdin', values: [] }),
      ).rejects.toMatchObject({ code: '0A000' });
      expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    });
  });

  it('goes on after a failed statement of the extended protocol', async () => {
    await withClient(async (client) => {
      await expect(client.query('SELECT $1::int / 0', [1])).rejects.toMatchObject({
        code: '22012',
      });
      expect((await client.query('SELECT $1::int AS n', [2])).rows).toEqual([{ n: 2 }]);
    });
  });

  it('searches vectors, words and fragments of names', async () => {
    await withClient(async (client) => {
      await client.query(
        'CREATE EXTENSION IF NOT EXISTS vector; CREATE EXTENSION IF NOT EXISTS pg_trgm',
      );
      await client.query(`CREATE TABLE passages (id int, v vector(3), body text,
        words tsvector GENERATED ALWAYS AS (to_tsvector('english', body)) STORED)`);
      await client.query('CREATE INDEX ON passages USING hnsw (v vector_cosine_ops)');
      await client.query(
        `INSERT INTO passages VALUES (1, '[1,0,0]', 'refunds for plans'), (2, '[0,1,0]', 'support hours')`,
      );
      const nearest = await client.query(
        `SELECT id FROM passages ORDER BY v <=> '[0.9,0.1,0]' LIMIT 1`,
      );
      const worded = await client.query(
        `SELECT id FROM passages WHERE words @@ to_tsquery('english', 'refund')`,
      );
      const similar = await client.query(`SELECT similarity('Priya', 'Pria') > 0.2 AS alike`);
      expect([nearest.rows, worded.rows, similar.rows]).toEqual([
        [{ id: 1 }],
        [{ id: 1 }],
        [{ alike: true }],
      ]);
    });
  });

  it('refuses to open a data folder that another process has open', async () => {
    await expect(startEmbeddedDatabase({ dataDir })).rejects.toThrow(/in use by process \d+/);
  });

  it('comes back on the same port with everything that was committed, after being killed', async () => {
    await withClient(async (client) => {
      await client.query('CREATE TABLE kept (a int)');
      await client.query('INSERT INTO kept VALUES (42)');
    });
    const back = new Promise<void>((resolve) => {
      restarted = resolve;
    });
    const { url } = database;
    process.kill(database.pid, 'SIGKILL');
    await back;
    expect(database.url).toBe(url);
    expect((await withClient((client) => client.query('SELECT * FROM kept'))).rows).toEqual([
      { a: 42 },
    ]);
  });

  it('does not outlive the process that started it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-orphan-'));
    const options = JSON.stringify({ dataDir: folder, port: 0, idleInTransactionMs: 1_000 });
    const child = fork(builtFile(__dirname, 'embedded-server.main'), [options], { execArgv: [] });
    await once(child, 'message');
    const exited = once(child, 'exit');
    child.disconnect();
    expect((await exited)[0]).toBe(0);
    rmSync(folder, { recursive: true, force: true });
  });
});
