export * from './start-tracing';
export * from './span-attributes';
export * from './service-key';
