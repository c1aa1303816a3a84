import { ClientRequest, IncomingMessage } from 'node:http';
import type { Span } from '@opentelemetry/api';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { traceparentOf } from './active-span';

/** Asked every few seconds, by machines. */
const PROBES = new Set(['/livez', '/readyz', '/health', '/metrics']);

/** Spans of requests in and out. */
export function httpInstrumentation(): HttpInstrumentation {
  return new HttpInstrumentation({
    ignoreIncomingRequestHook: ({ url = '' }) => PROBES.has(url.split('?', 1)[0] ?? ''),
    requireParentforOutgoingSpans: true,
    requestHook: adopt,
    applyCustomAttributesOnSpan: nameRoute,
  });
}

/** Whoever reads the request's trace context finds our own span, whose parent is the caller's. */
function adopt(span: Span, request: ClientRequest | IncomingMessage): void {
  if (request instanceof IncomingMessage) request.headers.traceparent = traceparentOf(span);
}

/** Express keeps the matched route on the request; the path itself may hold what people wrote. */
function nameRoute(span: Span, request: ClientRequest | IncomingMessage): void {
  if (request instanceof ClientRequest) return;
  const { route, method = '' } = request as IncomingMessage & { route?: { path?: unknown } };
  if (typeof route?.path !== 'string') return;
  span.setAttribute('http.route', route.path);
  span.updateName(`${method} ${route.path}`);
}
