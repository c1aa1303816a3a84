import { systemClock } from '@parley/contracts';
import { Breakers, RetryBudgets } from '@parley/resilience';
import type { IntegrationsSettings } from '../integrations.settings';
import { isUnwell, ProviderCalls } from './provider-calls';
import { ProviderFailure } from './provider-failure';

// Real: everything. Fake: the provider's answers.
describe('a call to a provider that somebody waits for', () => {
  const provider = { id: 'notion', serverPerConnection: false };
  const settings = { PROVIDER_TIMEOUT_DEFAULT_SECONDS: 10 } as unknown as IntegrationsSettings;
  const callsThatOpenAfter = (maxFailures: number) => {
    const options = { maxFailures, windowMs: 60_000, isFailure: isUnwell, clock: systemClock };
    const budgets = new RetryBudgets(() => ({ share: 0, clock: systemClock }));
    return new ProviderCalls(new Breakers(() => options), budgets, settings);
  };
  const ask = <T>(calls: ProviderCalls, workspaceId: string, call: () => Promise<T>) =>
    calls.once(provider, workspaceId, 'connection', call);

  it('finds a place though another workspace has taken all of its own', async () => {
    const calls = callsThatOpenAfter(10);
    let resolve: (answer: string) => void = () => undefined;
    const promise = new Promise<string>((done) => (resolve = done));
    const held = Array.from({ length: 8 }, () => ask(calls, 'busy', () => promise));
    const answer = () => Promise.resolve('here');
    await expect(ask(calls, 'busy', answer)).rejects.toMatchObject({ code: 'at-capacity' });
    expect(await ask(calls, 'other', answer)).toEqual({ ok: true, value: 'here' });
    resolve('late');
    expect(await Promise.all(held)).toEqual(held.map(() => ({ ok: true, value: 'late' })));
  });

  it('says how it failed, and then that the provider is left alone, uncalled', async () => {
    const calls = callsThatOpenAfter(1);
    const failure = new ProviderFailure('no', { retryable: true, uncertain: false, status: 503 });
    const failing = jest.fn(() => Promise.reject(failure));
    expect(await ask(calls, 'w', failing)).toEqual({ ok: false, failure });
    const next = await ask(calls, 'w', failing);
    expect(next).toMatchObject({ ok: false, failure: null });
    expect('leftAloneForMs' in next && next.leftAloneForMs).toBeGreaterThan(0);
    expect(failing).toHaveBeenCalledTimes(1);
  });
});
