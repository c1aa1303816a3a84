export * from './database.module';
export { needsDatabase, type DatabaseOptions } from './database-options';
export { databaseAwayReason, databaseTakesNoWrites } from './connect-errors';
export * from './outbox/unit-of-work';
export * from './embedded/start-embedded-database';
export * from './embedded/embedded-database.error';
export * from './erasure/holding';
export { MeetingEraser } from './erasure/meeting-eraser';
export { isMeetingErased } from './erasure/meeting-erased';
