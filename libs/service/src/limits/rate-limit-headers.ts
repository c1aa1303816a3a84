import type { ServerResponse } from 'node:http';
import { RATE_LIMIT_WINDOW_MS, type RateLimitPolicy } from './policies';
import type { RateLimitVerdict } from './rate-limiter';

const WINDOW_SECONDS = RATE_LIMIT_WINDOW_MS / 1_000;

/** A policy as `RateLimit-Policy` lists it (draft-ietf-httpapi-ratelimit-headers-10). */
export function policyItem({ name, perMinute }: RateLimitPolicy): string {
  return `"${name}";q=${perMinute};w=${WINDOW_SECONDS}`;
}

/** What is left of a policy, as `RateLimit` lists it. */
export function remainingItem({ name }: RateLimitPolicy, verdict: RateLimitVerdict): string {
  return `"${name}";r=${verdict.remaining};t=${verdict.resetSeconds}`;
}

/** Sets both fields; what is not an HTTP answer any more stays as it is. */
export function setRateLimitHeaders(
  response: ServerResponse,
  policies: string,
  remaining: string,
): void {
  if (response.headersSent) return;
  response.setHeader('RateLimit-Policy', policies);
  response.setHeader('RateLimit', remaining);
}
