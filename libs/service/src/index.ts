export * from './service.module';
export * from './create-service';
export * from './run-service';
export * from './client/service-client';
export * from './http/page.query';
export * from './sockets/socket-router';
export { requestContext, runInContext, makeContext } from '@parley/observability';
