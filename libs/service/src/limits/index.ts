export * from './policies';
export * from './rate-limit.decorator';
export * from './rate-limiter';
export * from './service-caller';
export * from './work-slots';
