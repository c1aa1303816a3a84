import { setTimeout as wait } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { DataSource, type DataSourceOptions } from 'typeorm';

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 5_000;
const GIVE_UP_AFTER_MS = 120_000;

/** Errors of a server that is away or still starting: SQLSTATE classes 08 and 57P, and the socket's own. */
const PASSING = /^(08|57P0)|ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE/;

/**
 * Connects and migrates. A server that is away is waited for, with backoff and jitter, for two minutes.
 * @throws what the server refused with, when waiting would not help.
 */
export async function connect(options: DataSourceOptions, schema: string): Promise<DataSource> {
  const logger = new Logger('database');
  const startedAt = Date.now();
  for (let attempt = 0; ; attempt++) {
    const dataSource = new DataSource(options);
    try {
      await dataSource.initialize();
      await migrate(dataSource, schema);
      return dataSource;
    } catch (error) {
      if (dataSource.isInitialized) await dataSource.destroy().catch(() => undefined);
      const code = String((error as { code?: unknown }).code ?? '');
      if (!PASSING.test(code) || Date.now() - startedAt > GIVE_UP_AFTER_MS) throw error;
      const longestMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
      const waitMs = Math.round(longestMs * (0.5 + Math.random() / 2));
      logger.warn({ code, waitMs }, 'the database is away; trying again');
      await wait(waitMs);
    }
  }
}

/** One replica at a time; the embedded database serves one connection at a time anyway. */
async function migrate(dataSource: DataSource, schema: string): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query(`SELECT pg_advisory_lock(hashtext($1))`, ['parley-migrations']);
    await runner.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
    await dataSource.runMigrations({ transaction: 'each' });
  } finally {
    await runner
      .query(`SELECT pg_advisory_unlock(hashtext($1))`, ['parley-migrations'])
      .catch(() => undefined);
    await runner.release();
  }
}
