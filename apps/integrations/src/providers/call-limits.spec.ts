import { loadSettings, PROVIDERS as NAMES } from '@parley/config';
import { integrationsSettings, type IntegrationsSettings } from '../integrations.settings';
import { callLimits, leasesMs } from './call-limits';
import { PROVIDERS } from './provider-list';

const settings = (env: Record<string, string>): IntegrationsSettings =>
  loadSettings(integrationsSettings, {
    env: { APPROVAL_SIGNING_KEY: 'a-key-for-this-test-only-0123456789', ...env },
    secretsDir: '/nowhere',
  });

// Real: the settings and how they are read.
describe('how calls to a provider are guarded', () => {
  const usual = {
    timeoutMs: 5_000,
    totalMs: 10_000,
    maxAttempts: 3,
    retryBaseMs: 500,
    retryShare: 0.2,
    breaker: { windowMs: 60_000, maxFailures: 5 },
  };

  it('is as for all while the provider has no setting of its own', () => {
    expect(callLimits('webhook', settings({}))).toEqual(usual);
    const changed = settings({ PROVIDER_TIMEOUT_DEFAULT_SECONDS: '7', CB_MAX_FAILURES: '2' });
    const { timeoutMs, breaker } = callLimits('webhook', changed);
    expect([timeoutMs, breaker.maxFailures]).toEqual([7_000, 2]);
    expect(callLimits('subscription', changed).timeoutMs).toBe(7_000);
  });

  it('is the provider’s own where it is set, and nobody else’s', () => {
    const changed = settings({
      TIMEOUT_SLACK_SECONDS: '0.5',
      TOTAL_BUDGET_SLACK_SECONDS: '40',
      RETRY_SLACK_MAX_ATTEMPTS: '7',
      RETRY_SLACK_BASE_SECONDS: '2',
      RETRY_SLACK_BUDGET_PERCENT: '0',
      CB_SLACK_WINDOW_SECONDS: '30',
      CB_SLACK_MAX_FAILURES: '9',
    });
    expect(callLimits('slack', changed)).toEqual({
      timeoutMs: 500,
      totalMs: 40_000,
      maxAttempts: 7,
      retryBaseMs: 2_000,
      retryShare: 0,
      breaker: { windowMs: 30_000, maxFailures: 9 },
    });
    expect(callLimits('webhook', changed)).toEqual(usual);
    const { of, otherwise } = leasesMs(changed, 0);
    expect([of.slack, of.webhook, otherwise]).toEqual([40_000, 10_000, 10_000]);
  });

  it('can be set for every provider there is', () => {
    const ids = PROVIDERS.map(({ name }) => name.replace('Provider', '').toUpperCase());
    expect([...NAMES].sort()).toEqual(ids.sort());
  });
});
