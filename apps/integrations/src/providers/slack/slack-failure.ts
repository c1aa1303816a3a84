import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { neverLeft } from '../../outbound/bounded-fetch';
import { ProviderFailure, toFailure } from '../provider-failure';
import { askedToWait } from './asked-to-wait';

/** Slack says of these that part of the work may be done (docs.slack.dev/reference/methods/chat.postMessage). */
const MAYBE_DONE = new Set(['fatal_error', 'internal_error']);
const PASSING = new Set(['request_timeout', 'service_unavailable']);
const ASKS_TO_WAIT = new Set(['ratelimited', 'rate_limited']);

const IN_WORDS: Readonly<Record<string, string>> = {
  account_inactive: 'Slack: the app has been removed, or its user is gone',
  channel_not_found: 'Slack: there is no such channel, or the app cannot see it',
  invalid_auth: 'Slack refuses the token',
  is_archived: 'Slack: the channel is archived',
  missing_scope: 'Slack: the token lacks a scope (chat:write, channels:history, groups:history)',
  msg_too_long: 'Slack: the message is too long',
  not_in_channel: 'Slack: the app is not a member of the channel; invite it there',
  thread_not_found: 'Slack: there is no such thread in the channel',
  token_expired: 'Slack: the token has expired',
  token_revoked: 'Slack: the token has been revoked',
};

/** What an error of Slack's SDK means for the action. */
export function toSlackFailure(error: unknown, signal: AbortSignal): ProviderFailure {
  if (error instanceof WebAPIPlatformError) return refusedBySlack(error.data.error);
  if (error instanceof WebAPIRateLimitedError) {
    // Where `Retry-After` is no number, neither is this.
    return askedToWait(error.retryAfter >= 0 ? error.retryAfter * 1_000 : undefined);
  }
  if (error instanceof WebAPIHTTPError) {
    const { statusCode: status } = error;
    const broken = status >= 500;
    const facts = { retryable: broken, uncertain: broken, status };
    return new ProviderFailure(`Slack answered ${status}`, facts);
  }
  if (error instanceof WebAPIRequestError) {
    const facts = { retryable: true, uncertain: !neverLeft(error.original) };
    return new ProviderFailure(unanswered(error.original, signal), facts, { cause: error });
  }
  return toFailure(error);
}

function refusedBySlack(code: string): ProviderFailure {
  if (ASKS_TO_WAIT.has(code)) return askedToWait();
  const uncertain = MAYBE_DONE.has(code);
  const retryable = uncertain || PASSING.has(code);
  // The code is Slack's and goes into the delivery as it is: never anything longer.
  const reason = IN_WORDS[code] ?? `Slack answered ${code.slice(0, 60)}`;
  return new ProviderFailure(reason, { retryable, uncertain, status: 200 });
}

function unanswered(error: Error, signal: AbortSignal): string {
  if (neverLeft(error)) return 'Slack cannot be reached';
  return signal.aborted ? 'Slack did not answer in time' : 'the connection to Slack was cut';
}
