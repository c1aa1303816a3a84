export * from './create-redis';
export * from './close-redis';
export * from './when-ready';
export * from './script';
export * from './shared-redis';
export * from './redis-or-memory';
export * from './redis-away';
