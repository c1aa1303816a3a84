import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { RateLimitPolicy } from './policies';

/** Metadata of a route or controller: the policy that counts beside the general one. */
export const RATE_LIMIT_POLICY = 'parley:rate-limit';

/**
 * Limits a route, or every route of a controller, on top of RATE_LIMIT_PER_MINUTE.
 * Routes with the same policy share one count per caller and service. `@nestjs/throttler`'s own `@SkipThrottle()`
 * and `@Throttle({ default: { limit, ttl: 60_000 } })` work too: they lift or change the general limit of a route.
 */
export function RateLimit(policy: RateLimitPolicy): CustomDecorator {
  return SetMetadata(RATE_LIMIT_POLICY, policy);
}
