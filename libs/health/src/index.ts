export * from './health-check';
export * from './health.registry';
export * from './lifecycle';
export * from './health.service';
export * from './health.module';
export * from './start-wait.error';
