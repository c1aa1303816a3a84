import { subscribe } from 'node:diagnostics_channel';
import { context, SpanKind, SpanStatusCode, trace, type Span } from '@opentelemetry/api';
import { recordedSpan, traceparentOf } from './active-span';

/** What Node's `fetch` says of a request on its diagnostics channels (undici, docs/api/DiagnosticsChannel). */
interface FetchRequest {
  origin?: string | URL;
  method: string;
  /** Names and values in turn. */
  headers: unknown;
  addHeader(name: string, value: string): void;
}

/** Makes a span of every `fetch` inside a recorded span, and lets the callee know it as its parent. */
export function traceFetch(): void {
  const spans = new WeakMap<FetchRequest, Span>();
  const end = (message: unknown, how?: (span: Span) => void): void => {
    const { request } = message as { request: FetchRequest };
    const span = spans.get(request);
    if (!span) return;
    if (how) how(span);
    span.end();
    spans.delete(request);
  };

  subscribe('undici:request:create', (message) => {
    if (!recordedSpan()) return;
    const { request } = message as { request: FetchRequest };
    const { hostname, port, protocol } = new URL(String(request.origin));
    const attributes = {
      'http.request.method': request.method,
      'server.address': hostname,
      'url.scheme': protocol.slice(0, -1),
      ...(port === '' ? {} : { 'server.port': Number(port) }),
    };
    const options = { kind: SpanKind.CLIENT, attributes };
    const span = trace.getTracer('parley').startSpan(request.method, options, context.active());
    spans.set(request, span);
    setTraceparent(request, traceparentOf(span));
  });
  subscribe('undici:request:headers', (message) => {
    const { request, response } = message as {
      request: FetchRequest;
      response: { statusCode: number };
    };
    const span = spans.get(request);
    span?.setAttribute('http.response.status_code', response.statusCode);
    if (response.statusCode >= 400) span?.setStatus({ code: SpanStatusCode.ERROR });
  });
  subscribe('undici:request:trailers', (message) => {
    end(message);
  });
  subscribe('undici:request:error', (message) => {
    const { error } = message as { error?: Error };
    end(message, (span) => {
      span.setStatus({ code: SpanStatusCode.ERROR });
      span.setAttribute('error.type', error?.name ?? 'Error');
    });
  });
}

/** The caller may have set one by hand: that one, from before this span was there, gives way. */
function setTraceparent(request: FetchRequest, value: string): void {
  const { headers } = request;
  if (Array.isArray(headers)) {
    for (let at = 0; at < headers.length; at += 2) {
      if (String(headers[at]).toLowerCase() !== 'traceparent') continue;
      headers[at + 1] = value;
      return;
    }
  }
  request.addHeader('traceparent', value);
}
