import { ProviderFailure } from '../provider-failure';

/** Slack asks to wait, and did nothing; without saying how long, the schedule decides. */
export function askedToWait(retryAfterMs?: number): ProviderFailure {
  const facts = { retryable: true, uncertain: false, status: 429 };
  const asked = retryAfterMs === undefined ? {} : { retryAfterMs };
  return new ProviderFailure('Slack asks to wait', { ...facts, ...asked });
}
