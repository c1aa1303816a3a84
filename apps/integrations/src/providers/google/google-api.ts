import type { OpenConnection } from '../provider';
import { refusal } from '../provider-failure';
import { callRest, type RestBody, type RestRequest } from '../rest/rest-call';
import type { Explain } from '../rest/rest-failure';
import { withAccess } from '../../oauth/with-access';
import { boundedFetch } from '../../outbound/bounded-fetch';

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
    throw refusal('GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET are not set');
  }
  return withAccess(access, signal, (token) => {
    const headers = { authorization: `Bearer ${token}` };
    const api = { name: 'Google', fetch: boundedFetch(signal), headers, signal, explain };
    return callRest(api, request);
  });
}
