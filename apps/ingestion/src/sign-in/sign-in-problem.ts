import { ProblemError, type ProblemCode } from '@parley/contracts';
import { logEvent } from '@parley/observability';
import { BreakerOpenError, TimedOutError } from '@parley/resilience';
import * as openid from 'openid-client';
import { IssuerAwayError } from './issuer-fetch';

/** What a provider says when a person, or it in their name, does not go on (RFC 6749, OpenID Connect Core). */
const DENIED = new Set([
  'access_denied',
  'account_selection_required',
  'consent_required',
  'interaction_required',
  'login_required',
]);
const AWAY = new Set(['server_error', 'temporarily_unavailable']);
const RETRY_AFTER_SECONDS = 5;

interface Said {
  code: ProblemCode;
  detail: string;
  /** For the log: a word of ours or of the library's, nothing that came over a browser. */
  reason: string;
}

/**
 * What a person is told of a sign-in that failed. It is logged without the error, which may quote what a token says.
 * @throws what is no failure of a sign-in, unchanged.
 */
export function signInProblem(error: unknown): ProblemError {
  return refusal(explain(error));
}

/** Says in the log why somebody does not come in, and nothing of who it is. */
export function refusal({ code, detail, reason }: Said): ProblemError {
  logEvent('sign-in.failed', { code, reason });
  return new ProblemError(
    code,
    detail,
    code === 'unavailable' ? { retryAfterSeconds: RETRY_AFTER_SECONDS } : {},
  );
}

function explain(error: unknown): Said {
  const away = causesOf(error).find(isAway);
  if (away) return providerAway(away.name);
  if (error instanceof openid.AuthorizationResponseError) return refusedByProvider(error.error);
  if (error instanceof openid.ResponseBodyError) {
    return error.error === 'invalid_grant'
      ? over('invalid_grant')
      : notTrusted(
          'it refused this client: look at OIDC_CLIENT_ID and its secret',
          'token-refused',
        );
  }
  if (error instanceof openid.WWWAuthenticateChallengeError) {
    return notTrusted(
      'it refused this client, or the token that it gave it: look at OIDC_CLIENT_ID and its secret',
      'client-refused',
    );
  }
  if (error instanceof openid.ClientError) {
    const reason = error.code ?? 'unknown';
    if (reason !== 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED') {
      return notTrusted(`what it said was not accepted: ${reason}`, reason);
    }
    const detail =
      'What the identity provider signed is over, or not valid yet, by the clock here.';
    return { code: 'sign-in-clock', detail, reason };
  }
  throw error;
}

function refusedByProvider(said: string): Said {
  if (AWAY.has(said)) return providerAway(said);
  if (DENIED.has(said)) {
    const detail = 'The identity provider did not sign this person in, or they did not want it.';
    return { code: 'sign-in-denied', detail, reason: said };
  }
  return notTrusted('it refused the request: look at how this client is registered', 'refused');
}

/** Too late, used before, of another browser: which one is nobody's business. */
export function over(reason: string): Said {
  const detail = 'It was begun too long ago, elsewhere, or finished before: begin again.';
  return { code: 'sign-in-over', detail, reason };
}

function providerAway(reason: string): Said {
  return { code: 'unavailable', detail: 'The identity provider does not answer now.', reason };
}

function notTrusted(why: string, reason: string): Said {
  return { code: 'sign-in-failed', detail: `The identity provider: ${why}.`, reason };
}

function isAway(error: Error): boolean {
  return [IssuerAwayError, TimedOutError, BreakerOpenError].some((kind) => error instanceof kind);
}

function causesOf(error: unknown): Error[] {
  const errors: Error[] = [];
  for (let at = error; at instanceof Error && errors.length < 8; at = at.cause) errors.push(at);
  return errors;
}
