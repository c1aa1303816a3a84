import { setTimeout as wait } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { isPassing, reconnectDelayMs } from './connect-errors';
import { migrate } from './migrate';

const GIVE_UP_AFTER_MS = 120_000;

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
      if (!isPassing(error) || Date.now() - startedAt > GIVE_UP_AFTER_MS) throw error;
      const waitMs = reconnectDelayMs(attempt);
      logger.warn({ waitMs, reason: (error as Error).message }, 'the database is away; waiting');
      await wait(waitMs);
    }
  }
}
