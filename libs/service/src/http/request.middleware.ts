import type { HttpMetrics } from '@parley/observability';
import { makeContext, runInContext } from '@parley/observability';
import type { NextFunction, Request, Response } from 'express';

/** The one early middleware: request id, trace context, and the request's metrics. */
export function requestMiddleware(service: string, metrics: HttpMetrics) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const startedAt = performance.now();
    const context = makeContext(service, {
      ...optional('requestId', request.get('x-request-id')),
      ...optional('traceparent', request.get('traceparent')),
    });
    response.setHeader('x-request-id', context.requestId);
    response.once('close', () => {
      const seconds = (performance.now() - startedAt) / 1_000;
      metrics.record(request.method, routeTemplate(request), response.statusCode, seconds);
    });
    runInContext(context, next);
  };
}

/** Bounded by the number of routes: what matched none is one value. */
function routeTemplate(request: Request): string {
  const route = request.route as { path?: unknown } | undefined;
  return typeof route?.path === 'string' ? route.path : 'unmatched';
}

function optional<Name extends string>(name: Name, value: string | undefined) {
  return (value === undefined ? {} : { [name]: value }) as Partial<Record<Name, string>>;
}
