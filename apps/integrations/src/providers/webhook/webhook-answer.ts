import type { OutboundAnswer } from '../../outbound/outbound-http';
import { ProviderFailure } from '../provider-failure';

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

/** `Retry-After` is seconds or an HTTP date; anything else counts as not said. */
export function readRetryAfter(value: string, now: Date): number | undefined {
  if (/^\d+$/.test(value)) return Number(value) * 1_000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime());
}
