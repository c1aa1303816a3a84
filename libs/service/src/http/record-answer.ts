import { logEvent, type HttpMetrics } from '@parley/observability';
import type { Request, Response } from 'express';

const CLIENT_LEFT = 499;

/** Tells the metrics, and the log where it matters, how a request ended. Call it once its response is closed. */
export function recordAnswer(
  metrics: HttpMetrics,
  request: Request,
  response: Response,
  startedAt: number,
): void {
  const seconds = (performance.now() - startedAt) / 1_000;
  const path = routeTemplate(request);
  const statusCode = statusOf(response);
  metrics.record(request.method, path, statusCode, isStream(response) ? undefined : seconds);
  logEvent(statusCode >= 500 ? 'request.unserved' : 'request.answered', {
    method: request.method,
    path,
    statusCode,
    ms: Math.round(seconds * 1_000),
  });
}

/** Bounded by the number of routes: what matched none is one value. */
function routeTemplate(request: Request): string {
  const route = request.route as { path?: unknown } | undefined;
  return typeof route?.path === 'string' ? route.path : 'unmatched';
}

/** Who leaves before there is an answer gets 499, as nginx counts it. */
function statusOf(response: Response): number {
  return response.headersSent ? response.statusCode : CLIENT_LEFT;
}

function isStream(response: Response): boolean {
  const type = response.getHeader('content-type');
  return typeof type === 'string' && type.startsWith('text/event-stream');
}
