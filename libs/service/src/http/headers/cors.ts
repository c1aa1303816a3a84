import type { IncomingMessage } from 'node:http';
import { listOf } from '@parley/config';
import type { HeaderList } from './security-headers';

/** What a page's script may read of an answer. */
const EXPOSED =
  'X-Request-ID, Retry-After, RateLimit, RateLimit-Policy, Idempotent-Replayed, Location';
/** What a page's script may send. */
const TAKEN =
  'Authorization, Content-Type, Idempotency-Key, Last-Event-ID, traceparent, X-API-Key, ' +
  'X-Request-ID, X-Workspace-Id';
const PREFLIGHT_KEPT_SECONDS = '600';

/** Which other origins' pages may call; by default none. */
export class CorsPolicy {
  private readonly origins: ReadonlySet<string>;

  /** @param origins CORS_ALLOW_ORIGINS. */
  constructor(origins: string) {
    this.origins = new Set(listOf(origins));
  }

  /** Whether a browser's page of this origin may call, or it is no browser, or a page of our own. */
  allows(request: IncomingMessage): boolean {
    const { origin } = request.headers;
    return origin === undefined || this.origins.has(origin) || isOwn(origin, request.headers.host);
  }

  /** Headers of the answer; none unless the origin is on the list. */
  headers(origin: string): HeaderList {
    if (!this.origins.has(origin)) return [];
    return [
      ['Access-Control-Allow-Origin', origin],
      ['Access-Control-Expose-Headers', EXPOSED],
    ];
  }

  /** Headers of the answer to a preflight, besides those of every answer. */
  preflightHeaders(methods: readonly string[]): HeaderList {
    return [
      ['Access-Control-Allow-Methods', methods.join(', ')],
      ['Access-Control-Allow-Headers', TAKEN],
      ['Access-Control-Max-Age', PREFLIGHT_KEPT_SECONDS],
    ];
  }
}

/** A browser asks with OPTIONS, and both of these headers, before it lets a page call. */
export function isPreflight(request: IncomingMessage): boolean {
  return (
    request.method === 'OPTIONS' &&
    request.headers.origin !== undefined &&
    request.headers['access-control-request-method'] !== undefined
  );
}

/** The page came from the same host and port as it calls. */
function isOwn(origin: string, host: string | undefined): boolean {
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
}
