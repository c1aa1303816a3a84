import type { IncomingHttpHeaders } from 'node:http';

/** The id and trace that a request brings along, well-formed or not. */
export function identity(headers: IncomingHttpHeaders): {
  requestId?: string;
  traceparent?: string;
} {
  const { 'x-request-id': requestId, traceparent } = headers;
  return {
    ...(typeof requestId === 'string' ? { requestId } : {}),
    ...(typeof traceparent === 'string' ? { traceparent } : {}),
  };
}
