export * from './speech';
export * from './embedding';
export * from './speaker';
export * from './text';
export { watchBreaker } from './guard/watch-breaker';
export type { Waiting } from './patience';
export { ModelMetrics } from './measure/model.metrics';
