import { logEvent } from '@parley/observability';
import { MigrationExecutor, type DataSource } from 'typeorm';
import { guardTables } from './erasure/guard-tables';
import { guardWords } from './erasure/guard-words';
import type { TableHolding } from './erasure/holding';

const LOCK = 'parley-migrations';

/**
 * Creates the schema and runs what it lacks, all or nothing, in one transaction on one connection: one
 * replica and one service at a time, since extensions are shared. The embedded database grants every
 * advisory lock at once; there the transaction itself keeps the others out. A schema that a newer version has
 * brought further is used as it is, which is what a rollback needs, and said so in the log.
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
    await tellOfNewer(dataSource, executor, schema);
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

async function tellOfNewer(
  { migrations }: DataSource,
  executor: MigrationExecutor,
  schema: string,
): Promise<void> {
  const known = new Set(migrations.map(({ name }) => name));
  const newer = (await executor.getExecutedMigrations()).filter(({ name }) => !known.has(name));
  if (newer.length > 0) logEvent('database.newer', { schema, migrations: newer.length });
}
