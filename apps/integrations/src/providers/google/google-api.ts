import type { OpenConnection } from '../provider';
import { ProviderFailure } from '../provider-failure';
import { callRest, type RestBody, type RestRequest } from '../rest/rest-call';
import type { Explain } from '../rest/rest-failure';
import { boundedFetch } from '../../outbound/bounded-fetch';

const UNAUTHORIZED = 401;
const TOO_MUCH = new Set(['rateLimitExceeded', 'userRateLimitExceeded', 'quotaExceeded']);

/** Google says 403 for a full quota as well (developers.google.com/calendar/api/guides/errors). */
const explain: Explain = (status, body) => {
  const { reason } =
    (body.error as { errors?: { reason?: string }[] } | undefined)?.errors?.[0] ?? {};
  if (status === 403 && TOO_MUCH.has(reason ?? '')) return { asksToWait: true };
  if (status === 403) return { reason: 'Google: the consent does not cover this; connect again' };
  return {};
};

/** One call to an API of Google's, with the access that the person consented to. @throws ProviderFailure */
export async function callGoogle(
  { access }: OpenConnection<unknown>,
  signal: AbortSignal,
  request: RestRequest,
): Promise<RestBody> {
  if (!access) {
    const facts = { retryable: false, uncertain: false };
    throw new ProviderFailure('GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET are not set', facts);
  }
  const token = await access.token(signal);
  const headers = { authorization: `Bearer ${token}` };
  try {
    return await callRest(
      { name: 'Google', fetch: boundedFetch(signal), headers, signal, explain },
      request,
    );
  } catch (error) {
    if (!(error instanceof ProviderFailure && error.status === UNAUTHORIZED)) throw error;
    // It was valid by our clock: taken back, or lost. Another attempt asks for a new one first.
    await access.forget();
    const facts = { retryable: true, uncertain: false, status: UNAUTHORIZED };
    throw new ProviderFailure(error.message, facts, { cause: error });
  }
}
