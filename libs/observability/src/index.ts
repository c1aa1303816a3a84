export * from './context/request-context';
export * from './logging/root-logger';
export * from './logging/service.logger';
export * from './metrics/http.metrics';
export * from './metrics/metrics.module';
