export * from './free-ports';
export * from './redis-server';
export * from './test-database';
export * from './webhook-receiver';
export * from './word-error-rate';
