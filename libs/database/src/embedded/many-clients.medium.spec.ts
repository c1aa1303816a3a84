import { startTestDatabase, type TestDatabase } from '@parley/testing';
import { Pool, type PoolClient } from 'pg';

const SERVICES = 6;
const WORKERS = 3;
const ROUNDS = 12;

// Real: the database server, TCP, the pg driver; six pools stand for six services.
describe('many clients of one embedded database', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await startTestDatabase();
  });
  afterAll(() => database.stop());

  it('never meet in one another’s transactions', async () => {
    const pools = Array.from(
      { length: SERVICES },
      () => new Pool({ connectionString: database.url, max: 2 }),
    );
    for (const [service, pool] of pools.entries()) {
      await pool.query(`CREATE TABLE rows_of_${service} (worker int, round int, note text)`);
    }
    await Promise.all(
      pools.flatMap((pool, service) =>
        Array.from({ length: WORKERS }, (_, worker) => work(pool, service, worker)),
      ),
    );
    for (const [service, pool] of pools.entries()) {
      const { rows } = await pool.query<{ kept: number; foreign: number }>(
        `SELECT count(*)::int AS kept, count(*) FILTER (WHERE note <> $1)::int AS foreign
         FROM rows_of_${service}`,
        [`service ${service}`],
      );
      // Of three rounds one is rolled back, and one fails.
      expect(rows).toEqual([{ kept: (WORKERS * ROUNDS) / 3, foreign: 0 }]);
    }
    await Promise.all(pools.map((pool) => pool.end()));
  });

  /** Transactions with simple, parameterised and named statements: committed, rolled back, failed. */
  async function work(pool: Pool, service: number, worker: number): Promise<void> {
    for (let round = 0; round < ROUNDS; round++) {
      const client = await pool.connect();
      await client.query('BEGIN');
      await client.query({
        name: 'insert-row',
        text: `INSERT INTO rows_of_${service} VALUES ($1, $2, $3)`,
        values: [worker, round, `service ${service}`],
      });
      expect(await ownRows(client, service, worker, round)).toBe(1);
      if (round % 3 === 2) await expect(client.query('SELECT 1 / 0')).rejects.toThrow();
      await client.query(round % 3 === 0 ? 'COMMIT' : 'ROLLBACK');
      client.release();
    }
  }

  async function ownRows(
    client: PoolClient,
    service: number,
    worker: number,
    round: number,
  ): Promise<number | null> {
    const { rowCount } = await client.query(
      `SELECT 1 FROM rows_of_${service} WHERE worker = $1 AND round = $2`,
      [worker, round],
    );
    return rowCount;
  }
});
