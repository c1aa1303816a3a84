import { ownSetting, PROVIDERS, type CallSetting } from '@parley/config';
import type { IntegrationsSettings } from '../integrations.settings';

/** How calls to one provider are guarded. */
export interface CallLimits {
  /** Of one attempt. */
  timeoutMs: number;
  /** Of one call: asking what became of it, then the attempt. */
  totalMs: number;
  /** Attempts in all, the first included. */
  maxAttempts: number;
  retryBaseMs: number;
  /** Retries for each call. */
  retryShare: number;
  breaker: { windowMs: number; maxFailures: number };
}

/** The provider's own settings, and where it has none those of all. */
export function callLimits(providerId: string, settings: IntegrationsSettings): CallLimits {
  const provider = PROVIDERS.find((known) => known === providerId.toUpperCase());
  const of = (setting: CallSetting): number =>
    (provider && settings[ownSetting(setting, provider)]) ?? settings[setting];
  return {
    timeoutMs: of('PROVIDER_TIMEOUT_DEFAULT_SECONDS') * 1_000,
    totalMs: of('PROVIDER_TOTAL_BUDGET_SECONDS') * 1_000,
    maxAttempts: of('RETRY_MAX_ATTEMPTS'),
    retryBaseMs: of('RETRY_BASE_SECONDS') * 1_000,
    retryShare: of('RETRY_BUDGET_PERCENT') / 100,
    breaker: { windowMs: of('CB_WINDOW_SECONDS') * 1_000, maxFailures: of('CB_MAX_FAILURES') },
  };
}

/** How long whoever carries a delivery out may hold it, by provider. Unit: milliseconds. */
export interface LeasesMs {
  of: Readonly<Record<string, number>>;
  /** Of a provider that is not among them. */
  otherwise: number;
}

/** As long as a call of the provider may take, and a margin. */
export function leasesMs(settings: IntegrationsSettings, marginMs: number): LeasesMs {
  const ids = PROVIDERS.map((provider) => provider.toLowerCase());
  return {
    of: Object.fromEntries(ids.map((id) => [id, callLimits(id, settings).totalMs + marginMs])),
    otherwise: settings.PROVIDER_TOTAL_BUDGET_SECONDS * 1_000 + marginMs,
  };
}
