export * from './speech';
export * from './embedding';
export * from './text';
export { ModelMetrics } from './measure/model.metrics';
