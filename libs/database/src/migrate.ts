import { logEvent } from '@parley/observability';
import { MigrationExecutor, type DataSource, type QueryRunner } from 'typeorm';
import { lackingGuards } from './erasure/guards';
import type { TableHolding } from './erasure/holding';

const LOCK = 'parley-migrations';

/**
 * Creates the schema and runs what it lacks. Where it lacks nothing, which is most starts, four questions tell, and
 * nobody is waited for. A schema that a newer version has brought further is used as it is, which is what a rollback
 * needs, and said so in the log.
 */
export async function migrate(
  dataSource: DataSource,
  schema: string,
  holdings: readonly TableHolding[] = [],
): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    const done = await executed(runner, schema);
    const isBehind = namesOf(dataSource).some((name) => !done.includes(name));
    if (isBehind || (await lackingGuards(runner, schema, holdings)).length > 0) {
      await bringUp(dataSource, runner, schema, holdings);
    }
    tellOfNewer(dataSource, done, schema);
  } finally {
    await runner.release();
  }
}

/**
 * All or nothing, in one transaction on one connection: one replica and one service at a time, since extensions are
 * shared. The embedded database grants every advisory lock at once; there the transaction itself keeps the others out.
 */
async function bringUp(
  dataSource: DataSource,
  runner: QueryRunner,
  schema: string,
  holdings: readonly TableHolding[],
): Promise<void> {
  try {
    await runner.startTransaction();
    await runner.query('SELECT pg_advisory_xact_lock(hashtext($1))', [LOCK]);
    await runner.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
    const executor = new MigrationExecutor(dataSource, runner);
    executor.transaction = 'all';
    await executor.executePendingMigrations();
    for (const statement of await lackingGuards(runner, schema, holdings)) {
      await runner.query(statement);
    }
    await runner.commitTransaction();
  } catch (error) {
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  }
}

/** The names of the migrations that the schema has had; none where there is no schema yet. */
async function executed(runner: QueryRunner, schema: string): Promise<string[]> {
  const [found] = (await runner.query(`SELECT to_regclass($1) IS NOT NULL AS "isThere"`, [
    `${schema}.migrations`,
  ])) as { isThere: boolean }[];
  if (!found?.isThere) return [];
  const rows = (await runner.query(`SELECT name FROM ${schema}.migrations`)) as { name: string }[];
  return rows.map(({ name }) => name);
}

function tellOfNewer(dataSource: DataSource, done: readonly string[], schema: string): void {
  const known = namesOf(dataSource);
  const newer = done.filter((name) => !known.includes(name));
  if (newer.length > 0) logEvent('database.newer', { schema, migrations: newer.length });
}

/** As TypeORM writes them down. */
function namesOf({ migrations }: DataSource): string[] {
  return migrations.map((migration) => migration.name ?? migration.constructor.name);
}
