import { MigrationExecutor, type DataSource } from 'typeorm';
import { guardTables } from './erasure/guard-tables';
import { guardWords } from './erasure/guard-words';
import type { TableHolding } from './erasure/holding';

const LOCK = 'parley-migrations';

/**
 * Creates the schema and runs what it lacks, all or nothing, in one transaction on one connection: one
 * replica and one service at a time, since extensions are shared. The embedded database grants every
 * advisory lock at once; there the transaction itself keeps the others out.
 */
export async function migrate(
  dataSource: DataSource,
  schema: string,
  holdings: readonly TableHolding[] = [],
): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.startTransaction();
    await runner.query('SELECT pg_advisory_xact_lock(hashtext($1))', [LOCK]);
    await runner.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
    const executor = new MigrationExecutor(dataSource, runner);
    executor.transaction = 'all';
    await executor.executePendingMigrations();
    await guardTables(runner, schema, holdings);
    await guardWords(runner, schema, holdings);
    await runner.commitTransaction();
  } catch (error) {
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
}
