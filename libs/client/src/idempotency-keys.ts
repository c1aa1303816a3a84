import type { Middleware } from 'openapi-fetch';
import { freshKey } from './fresh-key';
import type { ServicePaths } from './services';

const HEADER = 'Idempotency-Key';
const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
/** They change nothing: keeping their answers would be for nothing. */
const QUESTIONS = new Set<string>([
  '/v1/search' satisfies keyof ServicePaths['rag'],
  '/v1/analyses' satisfies keyof ServicePaths['nlu'],
]);

/**
 * Gives every write a fresh key, so that whoever repeats the request on its way (a proxy, a `fetch` that tries
 * again) repeats no effect. A key of the caller's own stays.
 */
export const idempotencyKeys: Middleware = {
  onRequest({ request, schemaPath }) {
    if (!WRITES.has(request.method) || QUESTIONS.has(schemaPath)) return undefined;
    if (!request.headers.has(HEADER)) request.headers.set(HEADER, freshKey());
    return request;
  },
};
