import { Inject, Injectable } from '@nestjs/common';
import { logEvent } from '@parley/observability';
import { TokenEndpoint } from '../oauth/token-endpoint';
import { ProviderRegistry } from '../providers/provider.registry';
import type { ConnectionEntity } from './connection.entity';
import { ConnectionOpener } from './connection-opener';

/** A person waits. */
const LIMIT_MS = 5_000;

/** Takes back what a person consented to, where the provider has a call for that. */
@Injectable()
export class ConsentRevocation {
  constructor(
    @Inject(ProviderRegistry) private readonly providers: ProviderRegistry,
    @Inject(ConnectionOpener) private readonly opener: ConnectionOpener,
    @Inject(TokenEndpoint) private readonly endpoint: TokenEndpoint,
  ) {}

  /** What takes the consent back once the connection is gone; what cannot be taken back is told. */
  async of(row: ConnectionEntity): Promise<() => Promise<void>> {
    const { provider } = row;
    const connection = this.opener.openIfItCan(row);
    const app = this.providers.find(provider)?.oauth;
    const refreshToken = connection?.settings.refreshToken;
    if (!app?.revoke || typeof refreshToken !== 'string') return () => Promise.resolve();
    const told = (error: unknown): null => {
      logEvent('connections.not-revoked', { provider, err: error });
      return null;
    };
    const limit = () => AbortSignal.timeout(LIMIT_MS);
    const token =
      app.revoke.token === 'refresh'
        ? refreshToken
        : ((await connection?.access?.token(limit()).catch(told)) ?? null);
    return async () => {
      if (token !== null) await this.endpoint.revoke(app, token, limit()).catch(told);
    };
  }
}
