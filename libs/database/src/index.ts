export * from './database.module';
export * from './outbox/unit-of-work';
export * from './embedded/start-embedded-database';
export { EmbeddedDatabaseError } from './embedded/embedded-database.error';
