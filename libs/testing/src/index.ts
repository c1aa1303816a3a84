export * from './free-ports';
export * from './redis-server';
export * from './test-database';
