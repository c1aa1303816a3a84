import type { OutboundAnswer } from '../../outbound/outbound-http';
import { ProviderFailure } from '../provider-failure';
import { readRetryAfter } from '../rest/retry-after';

/** These 4xx say "not now" rather than "not like this". */
const PASSING = new Set([408, 425, 429]);
/** A gateway that gave up cannot know whether the server behind it acted. */
const UNCERTAIN = new Set([502, 504]);

/** @throws ProviderFailure for every answer but a 2xx. */
export function assertAccepted({ status, retryAfter }: OutboundAnswer, now: Date): void {
  if (status >= 200 && status < 300) return;
  if (status >= 300 && status < 400) {
    const facts = { retryable: false, uncertain: false, status };
    throw new ProviderFailure(`redirects are not followed (${status})`, facts);
  }
  const retryAfterMs = retryAfter === undefined ? undefined : readRetryAfter(retryAfter, now);
  throw new ProviderFailure(`the receiver answered ${status}`, {
    retryable: status >= 500 || PASSING.has(status),
    uncertain: UNCERTAIN.has(status),
    status,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}
