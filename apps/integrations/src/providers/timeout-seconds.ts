import { TIMEOUT_PROVIDERS, timeoutSetting } from '@parley/config';
import type { IntegrationsSettings } from '../integrations.settings';

/** How long one attempt at a provider may take: its own setting, else the default. */
export function timeoutSeconds(providerId: string, settings: IntegrationsSettings): number {
  const provider = TIMEOUT_PROVIDERS.find((known) => known === providerId.toUpperCase());
  const own = provider && settings[timeoutSetting(provider)];
  return own ?? settings.PROVIDER_TIMEOUT_DEFAULT_SECONDS;
}
