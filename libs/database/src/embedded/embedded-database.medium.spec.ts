import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtFile } from '@parley/config';
import { Client } from 'pg';
import { rawSession } from '../testing/raw-session';
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

  it('refuses COPY inside a transaction, which fails as any other would', async () => {
    await withClient(async (client) => {
      await client.query('BEGIN');
      await expect(client.query('COPY accounts FROM STDIN')).rejects.toMatchObject({
        code: '0A000',
      });
      await expect(client.query('SELECT 1')).rejects.toMatchObject({ code: '25P02' });
      await client.query('ROLLBACK');
    });
  });

  it('lets clients prepare statements of the same name', async () => {
    await withClient((first) =>
      withClient(async (second) => {
        const one = { name: 'same', text: 'SELECT 1 AS n' };
        const two = { name: 'same', text: 'SELECT 2 AS n' };
        expect((await first.query(one)).rows).toEqual([{ n: 1 }]);
        expect((await second.query(two)).rows).toEqual([{ n: 2 }]);
        expect((await first.query(one)).rows).toEqual([{ n: 1 }]);
      }),
    );
    const { rows } = await withClient((client) =>
      client.query('SELECT name FROM pg_prepared_statements'),
    );
    expect(rows).toEqual([]);
  });

  it("runs a client's unnamed statement, though another prepared one in between", async () => {
    const [first, second] = [await rawSession(database.url), await rawSession(database.url)];
    await first.parse("SELECT 'first'");
    await second.parse("SELECT 'second'");
    expect(await first.run()).toContain('first');
    expect(await second.run()).toContain('second');
    expect(await first.run()).toContain('first');
    first.end();
    second.end();
  });

  it('dismisses a client that does not speak its protocol, and serves the others', async () => {
    const stranger = await rawSession(database.url);
    expect(await stranger.sendUnknown()).toContain('protocol violation');
    const { rows } = await withClient((client) => client.query('SELECT 1 AS one'));
    expect(rows).toEqual([{ one: 1 }]);
  });

  it('does not let a client that stops reading hold the others up', async () => {
    const frozen = await rawSession(database.url);
    frozen.freeze("BEGIN; SELECT repeat('x', 50000000)");
    const { rows } = await withClient((client) => client.query('SELECT 1 AS one'));
    expect(rows).toEqual([{ one: 1 }]);
    frozen.end();
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
