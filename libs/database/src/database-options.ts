import type { Type } from '@nestjs/common';
import { SettingsError, type ServiceSettings, type SettingsRule } from '@parley/config';
import type { DataSourceOptions, MigrationInterface } from 'typeorm';
import { DeadlineClient } from './deadline-client';
import { erasedMeetingsMigration } from './erasure/erased-meetings.migration';
import type { TableHolding } from './erasure/holding';
import { reducedMeetingsMigration } from './erasure/reduced-meetings.migration';
import { OutboxEntry } from './outbox/outbox-entry.entity';
import { outboxBusMigration, outboxMigration } from './outbox/outbox.migration';

const NO_DATABASE = 'DATABASE_URL is not set (only npm start brings a database of its own)';

/** Every service has rows; npm start names its own database before the services read their settings. */
export const needsDatabase: SettingsRule = {
  names: ['DATABASE_URL'],
  check: ({ DATABASE_URL }) => (DATABASE_URL === undefined ? NO_DATABASE : null),
};

export interface DatabaseOptions {
  /** The service's own, created when it is not there; part of SQL, so a plain word. */
  schema: string;
  entities: Type[];
  /** In any order; they run by the timestamp in their names. */
  migrations: (new () => MigrationInterface)[];
  /** Every table that knows of meetings, in the order in which an erasure goes through them. */
  holdings?: readonly TableHolding[];
}

/** Embedded Postgres starts in seconds and serves serially: a connection may have to wait its turn. */
const CONNECT_TIMEOUT_MS = 30_000;

/**
 * Nothing is set per session: on the embedded database all clients share one. Names are qualified.
 * @throws SettingsError without a database.
 */
export function dataSourceOptions(
  options: DatabaseOptions,
  settings: Pick<ServiceSettings, 'DATABASE_URL' | 'DATABASE_POOL_SIZE'>,
): DataSourceOptions {
  if (!/^[a-z_]+$/.test(options.schema)) throw new TypeError(`schema "${options.schema}"`);
  if (!settings.DATABASE_URL) throw new SettingsError([NO_DATABASE]);
  return {
    type: 'postgres',
    url: settings.DATABASE_URL,
    schema: options.schema,
    applicationName: `parley-${options.schema}`,
    poolSize: settings.DATABASE_POOL_SIZE,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    installExtensions: false,
    synchronize: false,
    migrationsTableName: 'migrations',
    entities: [OutboxEntry, ...options.entities],
    migrations: [
      outboxMigration(options.schema),
      ...options.migrations,
      outboxBusMigration(options.schema),
      erasedMeetingsMigration(options.schema),
      reducedMeetingsMigration(options.schema),
    ],
    logging: false,
    extra: { Client: DeadlineClient },
  };
}
