import { SERVICE_NAMES } from '@parley/config';
import type { Caller } from '@parley/observability';

/** Names the service that calls; believed only together with the service key. */
export const SERVICE_HEADER = 'x-parley-service';

const NAMES: ReadonlySet<unknown> = new Set(SERVICE_NAMES);

/**
 * Whether one of our own services calls: it shows the service key and says its name. Without the key the header
 * means nothing, so nobody outside gets the services' generous limit by it.
 */
export function isServiceCall(
  caller: Caller,
  headers: Record<string, string | string[] | undefined>,
): boolean {
  return caller.kind === 'operator' && NAMES.has(headers[SERVICE_HEADER]);
}
