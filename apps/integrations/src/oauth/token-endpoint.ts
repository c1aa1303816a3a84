import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import { requestContext } from '@parley/observability';
import { compose, Retry, RetryBudgets, Timeout, type Policy } from '@parley/resilience';
import type { IntegrationsSettings } from '../integrations.settings';
import { boundedFetch } from '../outbound/bounded-fetch';
import { ProviderFailure, refusal } from '../providers/provider-failure';
import { callRest, type RestBody } from '../providers/rest/rest-call';
import type { Explain } from '../providers/rest/rest-failure';
import type { OAuthApp } from './oauth-app';

export interface Grant {
  accessToken: string;
  /** By our clock. */
  expiresAt: Date;
  /** With the first consent, and from servers that give a new one with each access token. */
  refreshToken?: string;
}

/** Where the server does not say (RFC 6749, section 5.1, recommends that it does). */
const USUAL_LIFE_SECONDS = 3_600;

/** What the retry budgets of authorization servers are called. */
const AUTHORIZATION = 'authorization';

const explain: Explain = (_status, { error }) =>
  error === 'invalid_grant'
    ? { reason: 'the consent was taken back or has run out: connect again' }
    : {};

/** Speaks to the authorization server: RFC 6749 with PKCE (RFC 7636) and revocation (RFC 7009). */
@Injectable()
export class TokenEndpoint {
  constructor(
    @Inject(RetryBudgets) private readonly budgets: RetryBudgets,
    @Inject(SETTINGS) private readonly settings: IntegrationsSettings,
  ) {}

  /** Retries go on the account of the authorization server and workspace. */
  private repeated(app: OAuthApp): Policy {
    const { settings } = this;
    const { workspaceId } = requestContext();
    const limitMs = settings.PROVIDER_TOTAL_BUDGET_SECONDS * 1_000;
    return compose(
      new Timeout({ limitMs }),
      new Retry({
        maxAttempts: settings.RETRY_MAX_ATTEMPTS,
        baseMs: settings.RETRY_BASE_SECONDS * 1_000,
        longestWaitMs: limitMs,
        random: Math.random,
        budget: this.budgets.of(AUTHORIZATION, workspaceId, app.tokenUrl),
        retryAfterMs: (error) =>
          error instanceof ProviderFailure && error.retryable ? (error.retryAfterMs ?? 0) : null,
      }),
      new Timeout({ limitMs: settings.PROVIDER_TIMEOUT_DEFAULT_SECONDS * 1_000 }),
    );
  }

  /** A code is good for once: not repeated. @throws ProviderFailure */
  async exchange(
    app: OAuthApp,
    { code, verifier, redirectUrl }: { code: string; verifier: string; redirectUrl: string },
    signal: AbortSignal,
  ): Promise<Grant> {
    const form = { grant_type: 'authorization_code', code, code_verifier: verifier };
    const answer = await this.post(
      app,
      app.tokenUrl,
      { ...form, redirect_uri: redirectUrl },
      signal,
    );
    return toGrant(answer);
  }

  /** @throws ProviderFailure */
  refresh(app: OAuthApp, refreshToken: string, signal: AbortSignal): Promise<Grant> {
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken };
    return this.repeated(app).execute(
      async (within) => toGrant(await this.post(app, app.tokenUrl, form, within)),
      signal,
    );
  }

  /** Takes the consent back, where the server has a way. @throws ProviderFailure */
  async revoke(app: OAuthApp, token: string, signal: AbortSignal): Promise<void> {
    const url = app.revoke?.url;
    if (url === undefined) return;
    await this.repeated(app).execute((within) => {
      if (app.speaks !== undefined) return this.post(app, url, { token }, within);
      const body = new URLSearchParams({ token });
      return callRest(api(within), { method: 'POST', url, body });
    }, signal);
  }

  private post(
    app: OAuthApp,
    url: string,
    given: Record<string, string>,
    signal: AbortSignal,
  ): Promise<RestBody> {
    const { clientId, clientSecret, speaks = 'form' } = app;
    if (speaks === 'json-basic') {
      const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
      const headers = { authorization: `Basic ${basic}` };
      return callRest(api(signal, headers), { method: 'POST', url, body: given });
    }
    const body = { ...given, client_id: clientId, client_secret: clientSecret };
    return callRest(api(signal), {
      method: 'POST',
      url,
      body: speaks === 'json' ? body : new URLSearchParams(body),
    });
  }
}

function api(signal: AbortSignal, headers: Record<string, string> = {}) {
  const name = 'the authorization server';
  return { name, fetch: boundedFetch(signal), headers, signal, explain };
}

function toGrant(answer: RestBody): Grant {
  const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds } = answer;
  if (typeof accessToken !== 'string') {
    throw refusal('the authorization server gave no token');
  }
  const life = typeof seconds === 'number' ? seconds : USUAL_LIFE_SECONDS;
  return {
    accessToken,
    expiresAt: new Date(Date.now() + life * 1_000),
    ...(typeof refreshToken === 'string' ? { refreshToken } : {}),
  };
}
