export * from './database.module';
export type { DatabaseOptions } from './database-options';
export * from './outbox/unit-of-work';
export * from './embedded/start-embedded-database';
export * from './embedded/embedded-database.error';
