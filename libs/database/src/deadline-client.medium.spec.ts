import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { ProblemError } from '@parley/contracts';
import { makeContext, runInContext } from '@parley/observability';
import { startTestDatabase, type TestDatabase } from '@parley/testing';
import { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { DeadlineClient } from './deadline-client';

const onRealServer = Boolean(process.env.TEST_DATABASE_URL);

// Real: the database server, pg's pool, TypeORM. The time is up when the test says so.
describe('a statement of a request whose time is up', () => {
  let database: TestDatabase;
  let pool: Pool;
  let time: AbortController;

  beforeAll(async () => {
    database = await startTestDatabase();
    pool = new Pool({ connectionString: database.url, max: 1, Client: DeadlineClient });
    await pool.query('CREATE TABLE notes (text text)');
  });
  afterAll(async () => {
    await pool.end();
    await database.stop();
  });
  beforeEach(async () => {
    time = new AbortController();
    await pool.query('TRUNCATE notes');
  });

  const late = new ProblemError('deadline-exceeded', 'The request took longer than it may.');
  const inTheRequest = <T>(work: () => Promise<T>): Promise<T> => {
    const deadline = { signal: time.signal, remainingMs: () => 1 };
    return runInContext(makeContext('rag', { deadline }), work);
  };
  const written = async (): Promise<number | null> => (await pool.query('TABLE notes')).rowCount;

  it('is not sent', async () => {
    time.abort(late);
    const insert = inTheRequest(async () => {
      const client = await pool.connect();
      await client.query("INSERT INTO notes VALUES ('late')").finally(() => {
        client.release();
      });
    });
    await expect(insert).rejects.toBe(late);
    expect(await written()).toBe(0);
  });

  it('does not commit what was written before, and leaves a connection that works', async () => {
    const extra = { Client: DeadlineClient };
    const source = new DataSource({ type: 'postgres', url: database.url, poolSize: 1, extra });
    await source.initialize();
    try {
      const unit = inTheRequest(() =>
        source.transaction(async (manager) => {
          await manager.query("INSERT INTO notes VALUES ('half')");
          time.abort(late);
        }),
      );
      await expect(unit).rejects.toMatchObject({ driverError: late });
      expect(await source.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    } finally {
      await source.destroy();
    }
    expect(await written()).toBe(0);
  });

  it('is nobody else’s concern', async () => {
    time.abort(late);
    await pool.query("INSERT INTO notes VALUES ('in time')");
    expect(await written()).toBe(1);
  });

  // The embedded server finishes what it has begun.
  if (onRealServer) {
    it('is cancelled at the server while it runs', async () => {
      const client = await pool.connect();
      const sleeping = inTheRequest(() => client.query('SELECT pg_sleep(600)'));
      time.abort(late);
      await expect(sleeping).rejects.toBe(late);
      expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
      client.release();
    });
  }
});

/** A message of the protocol: its type, its length, what it says. */
function message(type: string, said: Buffer): Buffer {
  const head = Buffer.alloc(5, type);
  head.writeInt32BE(said.length + 4, 1);
  return Buffer.concat([head, said]);
}

// A fake server, over TCP: what a real one says when it goes, in one packet.
describe('a session that the server ends as it is handed out', () => {
  it('ends the statement that follows and nothing else', async () => {
    const authenticated = message('R', Buffer.alloc(4));
    const ready = message('Z', Buffer.from('I'));
    const goes = message('E', Buffer.from('SFATAL\0C57P01\0Mterminated by an administrator\0\0'));
    const server = createServer((socket) => {
      socket.once('data', () => socket.end(Buffer.concat([authenticated, ready, goes])));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const pool = new Pool({ host: '127.0.0.1', port, user: 'parley', Client: DeadlineClient });
    try {
      const client = await pool.connect();
      await expect(client.query('SELECT 1')).rejects.toThrow();
      client.release();
      expect(pool.totalCount).toBe(0);
    } finally {
      await pool.end();
      server.close();
    }
  });
});
