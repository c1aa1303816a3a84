import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { outliveRequest } from '@parley/observability';
import { Timeout } from '@parley/resilience';
import { nothingSent, refusal, toFailure } from '../providers/provider-failure';
import { AccessRepository, type AccessRow } from './access.repository';
import type { OAuthAccess, OAuthApp } from './oauth-app';
import { SecretBox } from '../connections/secret-box';
import { TokenEndpoint, type Grant } from './token-endpoint';

/** A token that runs out while the call is on its way is worth nothing. */
const MARGIN_MS = 60_000;
/** How long a replica may take to ask for a token before another does. */
const LOCK_SECONDS = 30;
/** For asking, whoever waits for it: below LOCK_SECONDS. A caller that leaves must not lose the new refresh token. */
const ASKING_MS = 20_000;
/** For another replica to be done with it. */
const WAITING_MS = 2 * LOCK_SECONDS * 1_000;
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
export class AccessTokens implements BeforeApplicationShutdown {
  private readonly underWay = new Map<string, Promise<string>>();
  private readonly asking = new Timeout({ limitMs: ASKING_MS });
  private readonly waiting = new Timeout({ limitMs: WAITING_MS });

  constructor(
    @Inject(AccessRepository) private readonly rows: AccessRepository,
    @Inject(TokenEndpoint) private readonly endpoint: TokenEndpoint,
    @Inject(SecretBox) private readonly box: SecretBox,
  ) {}

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.allSettled(this.underWay.values());
  }

  /** @param owner what the connection's secrets are sealed for */
  of(app: OAuthApp, id: string, owner: string): OAuthAccess {
    return {
      token: async (signal) => {
        signal.throwIfAborted();
        try {
          return await unlessLeft(this.shared(app, id, owner), signal);
        } catch (error) {
          throw nothingSent(toFailure(error));
        }
      },
      forget: () => this.rows.forget(id),
    };
  }

  /** Who comes while it is asked for waits for the same answer. */
  private shared(app: OAuthApp, id: string, owner: string): Promise<string> {
    const known = this.underWay.get(id);
    if (known) return known;
    const asking = outliveRequest(() => this.current(app, id, owner)).finally(() =>
      this.underWay.delete(id),
    );
    this.underWay.set(id, asking);
    return asking;
  }

  private async current(app: OAuthApp, id: string, owner: string): Promise<string> {
    const known = await this.waiting.execute(async (within) => {
      for (;;) {
        const row = await this.rows.find(id);
        if (!row) throw refusal('the connection is gone');
        const access = this.open(row, owner);
        if (access && isGood(access)) return access.token;
        within.throwIfAborted();
        if (await this.rows.lock(id, LOCK_SECONDS)) return null;
        await sleep(LOOK_AGAIN_MS);
      }
    }, NEVER);
    return known ?? this.refresh(app, id, owner);
  }

  /** Called by who holds the lock. What was read before may be what another had just replaced. */
  private async refresh(app: OAuthApp, id: string, owner: string): Promise<string> {
    try {
      const row = await this.rows.find(id);
      if (!row) throw refusal('the connection is gone');
      const known = this.open(row, owner);
      if (known && isGood(known)) {
        await this.rows.unlock(id);
        return known.token;
      }
      const secrets = this.box.open({ keyId: row.keyId, text: row.secrets }, owner);
      const grant = await this.asking.execute(
        (within) => this.endpoint.refresh(app, String(secrets.refreshToken), within),
        NEVER,
      );
      await this.keep(row, owner, secrets, grant);
      return grant.accessToken;
    } catch (error) {
      await this.rows.unlock(id);
      throw error;
    }
  }

  /** Unless somebody gave the connection another consent meanwhile: then this token is good for one call. */
  private async keep(
    row: AccessRow,
    owner: string,
    secrets: Record<string, unknown>,
    grant: Grant,
  ): Promise<void> {
    const access: Access = { token: grant.accessToken, expiresAt: grant.expiresAt.toISOString() };
    const sealed = this.box.seal({ ...access }, accessOwner(owner));
    const renewed = grant.refreshToken
      ? this.box.seal({ ...secrets, refreshToken: grant.refreshToken }, owner)
      : undefined;
    if (await this.rows.keep(row, sealed, renewed)) return;
    const now = await this.rows.find(row.id);
    const opened = now && this.box.open({ keyId: now.keyId, text: now.secrets }, owner);
    // Sealed anew with another key, as at a start: it is the same consent, and its new refresh token must not be lost.
    const isSame = opened?.refreshToken === secrets.refreshToken;
    if (!now || !isSame || !(await this.rows.keep(now, sealed, renewed))) {
      await this.rows.unlock(row.id);
    }
  }

  private open({ access, accessKeyId }: AccessRow, owner: string): Access | null {
    if (access === null || accessKeyId === null) return null;
    const opened = this.box.open({ keyId: accessKeyId, text: access }, accessOwner(owner));
    return opened as unknown as Access;
  }
}

/** What many wait for, none of them ends. */
const NEVER = new AbortController().signal;

/** What others wait for goes on when this caller leaves. */
async function unlessLeft<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  let leave = (): void => undefined;
  const left = new Promise<never>((_, reject) => {
    leave = () => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', leave, { once: true });
  });
  try {
    return await Promise.race([work, left]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}

function isGood({ expiresAt }: Access): boolean {
  return Date.parse(expiresAt) - MARGIN_MS > Date.now();
}

/** Sealed apart from the secrets: one cannot be put in the other's place. */
function accessOwner(owner: string): string {
  return `${owner}/access`;
}
