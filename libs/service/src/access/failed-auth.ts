import type { IncomingMessage } from 'node:http';
import { ProblemError } from '@parley/contracts';
import { FAILED_AUTH } from '../limits/policies';
import type { RateLimiter } from '../limits/rate-limiter';
import type { Access } from './authenticate';
import { clientAddress } from './client-address';

/**
 * Counts a refusal for want of a valid key against its address, so that keys cannot be tried at leisure.
 * @returns what to answer: the refusal itself, or that there were too many.
 */
export async function countedRefusal(
  error: unknown,
  request: IncomingMessage,
  { access, limiter }: { access: Access; limiter: RateLimiter },
): Promise<unknown> {
  const unauthorized = error instanceof ProblemError && error.code === 'unauthorized';
  if (!unauthorized) return error;
  try {
    await limiter.require(FAILED_AUTH, `address:${clientAddress(request, access.trust)}`);
    return error;
  } catch (tooMany) {
    return tooMany;
  }
}
