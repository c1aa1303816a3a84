import { MigrationExecutor, type DataSource } from 'typeorm';

const LOCK = 'parley-migrations';

/**
 * Creates the schema and runs what it lacks. One replica and one service at a time (extensions are
 * shared), all on one connection, so that a pool of one is enough.
 */
export async function migrate(dataSource: DataSource, schema: string): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock(hashtext($1))', [LOCK]);
    await runner.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
    const executor = new MigrationExecutor(dataSource, runner);
    executor.transaction = 'each';
    await executor.executePendingMigrations();
  } finally {
    await runner.query('SELECT pg_advisory_unlock(hashtext($1))', [LOCK]).catch(() => undefined);
    await runner.release();
  }
}
