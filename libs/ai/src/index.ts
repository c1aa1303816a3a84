export * from './speech';
export * from './embedding';
export * from './speaker';
export * from './text';
export { ModelMetrics } from './measure/model.metrics';
