export * from './speech';
export * from './embedding';
export * from './speaker';
export * from './text';
export { EndpointGuard } from './guard/endpoint-guard';
export { watchBreaker } from './guard/watch-breaker';
export { withPatience, type Waiting } from './patience';
export { ModelMetrics } from './measure/model.metrics';
