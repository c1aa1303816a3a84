export * from './api-about';
export * from './api-page';
export * from './api-route.decorator';
export * from './describe-service';
export * from './json-schema';
export * from './argument-faults';
export * from './require-arguments';
