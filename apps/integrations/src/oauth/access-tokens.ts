import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { toFailure, ProviderFailure } from '../providers/provider-failure';
import { AccessRepository, type AccessRow } from './access.repository';
import type { OAuthAccess, OAuthApp } from './oauth-app';
import { SecretBox } from '../connections/secret-box';
import { TokenEndpoint } from './token-endpoint';

/** A token that runs out while the call is on its way is worth nothing. */
const MARGIN_MS = 60_000;
/** How long a replica may take to ask for a token before another does. */
const LOCK_SECONDS = 30;
const LOOK_AGAIN_MS = 100;

interface Access {
  token: string;
  expiresAt: string;
}

/**
 * Access tokens of connections, asked for again when they run out: by one caller at a time, in this process and in
 * all replicas, since some servers take a refresh token back that was used twice.
 */
@Injectable()
export class AccessTokens {
  private readonly underWay = new Map<string, Promise<string>>();

  constructor(
    @Inject(AccessRepository) private readonly rows: AccessRepository,
    @Inject(TokenEndpoint) private readonly endpoint: TokenEndpoint,
    @Inject(SecretBox) private readonly box: SecretBox,
  ) {}

  /** @param owner what the connection's secrets are sealed for */
  of(app: OAuthApp, id: string, owner: string): OAuthAccess {
    return {
      token: async (signal) => {
        signal.throwIfAborted();
        try {
          return await this.shared(app, id, owner, signal);
        } catch (error) {
          throw nothingSent(toFailure(error));
        }
      },
      forget: () => this.rows.forget(id),
    };
  }

  /** Who comes while it is asked for waits for the same answer. */
  private async shared(
    app: OAuthApp,
    id: string,
    owner: string,
    signal: AbortSignal,
  ): Promise<string> {
    const known = this.underWay.get(id);
    if (known) return known;
    const asking = this.current(app, id, owner, signal).finally(() => this.underWay.delete(id));
    this.underWay.set(id, asking);
    return asking;
  }

  private async current(
    app: OAuthApp,
    id: string,
    owner: string,
    signal: AbortSignal,
  ): Promise<string> {
    for (;;) {
      const row = await this.rows.find(id);
      if (!row) throw new ProviderFailure('the connection is gone', CERTAIN);
      const access = this.open(row, owner);
      if (access && Date.parse(access.expiresAt) - MARGIN_MS > Date.now()) return access.token;
      if (await this.rows.lock(id, LOCK_SECONDS)) return this.refresh(app, row, owner, signal);
      await sleep(LOOK_AGAIN_MS, undefined, { signal });
    }
  }

  private async refresh(
    app: OAuthApp,
    row: AccessRow,
    owner: string,
    signal: AbortSignal,
  ): Promise<string> {
    try {
      const secrets = this.box.open({ keyId: row.keyId, text: row.secrets }, owner);
      const grant = await this.endpoint.refresh(app, String(secrets.refreshToken), signal);
      const access: Access = { token: grant.accessToken, expiresAt: grant.expiresAt.toISOString() };
      const sealed = this.box.seal({ ...access }, accessOwner(owner));
      const renewed = grant.refreshToken
        ? this.box.seal({ ...secrets, refreshToken: grant.refreshToken }, owner)
        : undefined;
      await this.rows.keep(row.id, sealed, renewed);
      return access.token;
    } catch (error) {
      await this.rows.unlock(row.id);
      throw error;
    }
  }

  private open({ access, accessKeyId }: AccessRow, owner: string): Access | null {
    if (access === null || accessKeyId === null) return null;
    const opened = this.box.open({ keyId: accessKeyId, text: access }, accessOwner(owner));
    return opened as unknown as Access;
  }
}

const CERTAIN = { retryable: false, uncertain: false };

/** Sealed apart from the secrets: one cannot be put in the other's place. */
function accessOwner(owner: string): string {
  return `${owner}/access`;
}

/** Whatever became of the token, the action itself was never sent. */
function nothingSent(failure: ProviderFailure): ProviderFailure {
  const { retryable, status, retryAfterMs } = failure;
  return new ProviderFailure(
    failure.message,
    {
      retryable,
      uncertain: false,
      ...(status === undefined ? {} : { status }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    },
    { cause: failure },
  );
}
