import { loadSettings, TIMEOUT_PROVIDERS } from '@parley/config';
import { integrationsSettings, type IntegrationsSettings } from '../integrations.settings';
import { PROVIDERS } from '../providers/provider-list';
import { timeoutSeconds } from './timeout-seconds';

const settings = (env: Record<string, string>): IntegrationsSettings =>
  loadSettings(integrationsSettings, {
    env: { APPROVAL_SIGNING_KEY: 'a-key-for-this-test-only-0123456789', ...env },
    secretsDir: '/nowhere',
  });

describe('the time for one attempt', () => {
  it('is the default while the provider has none of its own', () => {
    expect(timeoutSeconds('webhook', settings({}))).toBe(5);
    const changed = settings({ PROVIDER_TIMEOUT_DEFAULT_SECONDS: '7' });
    expect(timeoutSeconds('webhook', changed)).toBe(7);
  });

  it('is the provider’s own where it is set, and nobody else’s', () => {
    const changed = settings({ TIMEOUT_WEBHOOK_SECONDS: '0.5' });
    expect(timeoutSeconds('webhook', changed)).toBe(0.5);
    expect(timeoutSeconds('file', changed)).toBe(5);
  });

  it('can be set for every provider there is', () => {
    const ids = PROVIDERS.map(({ name }) => name.replace('Provider', '').toUpperCase());
    expect(TIMEOUT_PROVIDERS).toEqual(expect.arrayContaining(ids));
  });
});
