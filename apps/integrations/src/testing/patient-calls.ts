import { systemClock } from '@parley/contracts';
import { Breakers } from '@parley/resilience';
import type { IntegrationsSettings } from '../integrations.settings';
import { isUnwell, ProviderCalls } from '../providers/provider-calls';

/** Guards calls as ever, but no breaker opens: for tests that are about something else. */
export function patientCalls(settings: IntegrationsSettings): ProviderCalls {
  const breakers = new Breakers({
    maxFailures: Number.MAX_SAFE_INTEGER,
    windowMs: 1,
    isFailure: isUnwell,
    clock: systemClock,
  });
  return new ProviderCalls(breakers, settings);
}
