import { neverLeft } from '../../outbound/bounded-fetch';
import { OutboundError } from '../../outbound/outbound.error';
import { ProviderFailure, refusal } from '../provider-failure';
import { readRetryAfter } from './retry-after';

/** What the body of a refusal adds to its status. */
export type Explain = (
  status: number,
  body: Record<string, unknown>,
) => { reason?: string; asksToWait?: boolean };

interface Refusal {
  status: number;
  retryAfter: string | null;
}

/** What an answer that is no success means for the action. */
export function failureOfAnswer(
  { name, explain }: { name: string; explain?: Explain },
  { status, retryAfter }: Refusal,
  body: Record<string, unknown>,
): ProviderFailure {
  const { reason, asksToWait = status === 429 } = explain?.(status, body) ?? {};
  if (asksToWait) return askedToWait(name, retryAfter);
  if (status >= 500 || status === 408) {
    // It may have acted before it broke.
    const facts = { retryable: true, uncertain: true, status };
    return new ProviderFailure(`${name} answered ${status}`, facts);
  }
  const words = status === 401 ? `${name} refuses the credentials` : `${name} answered ${status}`;
  const facts = { retryable: false, uncertain: false, status };
  return new ProviderFailure(reason ?? words, facts);
}

/** No answer came, or not all of it. */
export function unansweredFailure(
  name: string,
  error: unknown,
  signal: AbortSignal,
): ProviderFailure {
  if (error instanceof OutboundError && error.refused) {
    return refusal(error.reason);
  }
  const left = !neverLeft(error);
  const silent = signal.aborted ? `${name} did not answer in time` : `the line to ${name} was cut`;
  const facts = { retryable: true, uncertain: left };
  return new ProviderFailure(left ? silent : `${name} cannot be reached`, facts, { cause: error });
}

function askedToWait(name: string, retryAfter: string | null): ProviderFailure {
  const retryAfterMs = retryAfter === null ? undefined : readRetryAfter(retryAfter, new Date());
  const facts = { retryable: true, uncertain: false, status: 429 };
  const asked = retryAfterMs === undefined ? {} : { retryAfterMs };
  return new ProviderFailure(`${name} asks to wait`, { ...facts, ...asked });
}
