import { randomBytes } from 'node:crypto';
import { loadSettings } from '@parley/config';
import { z } from 'zod';

const wanted = z.object({ SERVICE_API_KEY: z.string().optional() });

/**
 * What the services show each other when the operator has set no key: made anew at each start and never written
 * down. By it they are told from anonymous callers, whom the rate limits count by address.
 */
export function ownServiceKey(): { SERVICE_API_KEY?: string } {
  return loadSettings(wanted).SERVICE_API_KEY === undefined
    ? { SERVICE_API_KEY: randomBytes(32).toString('hex') }
    : {};
}
