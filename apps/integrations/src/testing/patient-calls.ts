import { systemClock } from '@parley/contracts';
import { Breakers, RetryBudgets } from '@parley/resilience';
import type { IntegrationsSettings } from '../integrations.settings';
import { isUnwell, ProviderCalls } from '../providers/provider-calls';

/** Guards calls as ever, but no breaker opens and no retry waits its turn: for tests that are about something else. */
export function patientCalls(settings: IntegrationsSettings): ProviderCalls {
  const breakers = new Breakers(() => ({
    maxFailures: Number.MAX_SAFE_INTEGER,
    windowMs: 1,
    isFailure: isUnwell,
    clock: systemClock,
  }));
  const budgets = new RetryBudgets(() => ({ share: 1, clock: systemClock }));
  return new ProviderCalls(breakers, budgets, settings);
}
