export * from './create-redis';
export * from './close-redis';
export * from './when-ready';
