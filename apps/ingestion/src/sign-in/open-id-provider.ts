import { Inject, Injectable } from '@nestjs/common';
import { listOf, SETTINGS } from '@parley/config';
import { systemClock } from '@parley/contracts';
import * as openid from 'openid-client';
import type { IngestionSettings } from '../ingestion.settings';
import { issuerFetch } from './issuer-fetch';
import { readClaims, saysAll, type ReadClaims } from './read-claims';

/** How long what a provider says of itself is believed. */
const DISCOVERED_FOR_MS = 3_600_000;
/** Clocks may differ by so much. */
const TOLERANCE_SECONDS = 60;

/** What binds an answer of the provider to the browser and the moment that asked for it. */
export interface Challenge {
  state: string;
  nonce: string;
  verifier: string;
}

export interface Vouched extends ReadClaims {
  subject: string;
}

type Settings = Pick<
  IngestionSettings,
  'OIDC_ISSUER' | 'OIDC_CLIENT_ID' | 'OIDC_CLIENT_SECRET' | 'OIDC_SCOPES' | 'OIDC_GROUPS_CLAIM'
>;

/** Speaks to the OpenID provider: discovery, the code flow with PKCE, state and nonce, and the checks of what it signs. */
@Injectable()
export class OpenIdProvider {
  private readonly fetch = issuerFetch();
  private discovered: { config: Promise<openid.Configuration>; untilMs: number } | undefined;

  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  newChallenge(): Challenge {
    return {
      state: openid.randomState(),
      nonce: openid.randomNonce(),
      verifier: openid.randomPKCECodeVerifier(),
    };
  }

  /** Where a browser is sent. @throws what openid-client and {@link issuerFetch} throw. */
  async address({ state, nonce, verifier }: Challenge, redirectUrl: string): Promise<string> {
    const config = await this.config();
    const url = openid.buildAuthorizationUrl(config, {
      redirect_uri: redirectUrl,
      scope: listOf(this.settings.OIDC_SCOPES).join(' '),
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    });
    return url.href;
  }

  /**
   * Whom the provider vouches for. Its tokens are read, and then forgotten.
   * @param answer the address that the browser came back to.
   * @throws what openid-client and {@link issuerFetch} throw.
   */
  async vouch({ state, nonce, verifier }: Challenge, answer: URL): Promise<Vouched> {
    const config = await this.config();
    const tokens = await openid.authorizationCodeGrant(config, answer, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims) throw new openid.ClientError('no ID token', { cause: undefined });
    const { OIDC_GROUPS_CLAIM: groupsClaim } = this.settings;
    const asks = !saysAll(claims, groupsClaim) && config.serverMetadata().userinfo_endpoint;
    const userInfo = asks
      ? await openid.fetchUserInfo(config, tokens.access_token, claims.sub)
      : null;
    return { subject: claims.sub, ...readClaims(claims, userInfo, groupsClaim) };
  }

  /** What the provider says of itself: asked for when first needed, and again each hour. */
  private config(): Promise<openid.Configuration> {
    const nowMs = systemClock.now();
    if (this.discovered && this.discovered.untilMs > nowMs) return this.discovered.config;
    const config = this.discover();
    const discovered = { config, untilMs: nowMs + DISCOVERED_FOR_MS };
    this.discovered = discovered;
    config.catch(() => {
      if (this.discovered === discovered) this.discovered = undefined;
    });
    return config;
  }

  private async discover(): Promise<openid.Configuration> {
    const { OIDC_ISSUER = '', OIDC_CLIENT_ID = '', OIDC_CLIENT_SECRET: secret } = this.settings;
    const isLocal = new URL(OIDC_ISSUER).protocol === 'http:';
    const config = await openid.discovery(
      new URL(OIDC_ISSUER),
      OIDC_CLIENT_ID,
      { [openid.clockTolerance]: TOLERANCE_SECONDS },
      secret === undefined ? openid.None() : bySecret(secret),
      {
        [openid.customFetch]: this.fetch,
        execute: [
          // The connection alone is not trusted for what the tokens say.
          openid.enableNonRepudiationChecks,
          // eslint-disable-next-line @typescript-eslint/no-deprecated -- the settings let such an issuer be on this machine only
          ...(isLocal ? [openid.allowInsecureRequests] : []),
        ],
      },
    );
    return config;
  }
}

/** In the header, as the standard would have it, unless the provider says that it takes it in the body alone. */
function bySecret(secret: string): openid.ClientAuth {
  const [basic, post] = [openid.ClientSecretBasic(secret), openid.ClientSecretPost(secret)];
  return (server, ...rest) => {
    const { token_endpoint_auth_methods_supported: methods } = server;
    const takesBasic = !methods || methods.includes('client_secret_basic');
    (takesBasic ? basic : post)(server, ...rest);
  };
}
