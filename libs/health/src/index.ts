export * from './health.registry';
export * from './health.service';
export * from './health.module';
