import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import { ProblemError } from '@parley/contracts';
import { requestContext } from '@parley/service';
import type { ConnectionView } from '../connections/connection.view';
import { ConnectionsService } from '../connections/connections.service';
import { SecretBox } from '../connections/secret-box';
import type { IntegrationsSettings } from '../integrations.settings';
import type { OAuthApp } from '../oauth/oauth-app';
import { TokenEndpoint, type Grant } from '../oauth/token-endpoint';
import { ProviderFailure } from '../providers/provider-failure';
import { ProviderRegistry } from '../providers/provider.registry';
import type {
  AuthorizationView,
  CompleteAuthorization,
  CreateAuthorization,
} from './authorization.dto';
import type { AuthorizationEntity } from './authorization.entity';
import { AuthorizationsRepository } from './authorizations.repository';

const LIFE_MS = 600_000;

/** Asks a person for their consent and turns it into a connection. */
@Injectable()
export class AuthorizationsService {
  constructor(
    @Inject(AuthorizationsRepository) private readonly rows: AuthorizationsRepository,
    @Inject(ConnectionsService) private readonly connections: ConnectionsService,
    @Inject(ProviderRegistry) private readonly providers: ProviderRegistry,
    @Inject(TokenEndpoint) private readonly endpoint: TokenEndpoint,
    @Inject(SecretBox) private readonly box: SecretBox,
    @Inject(SETTINGS) private readonly settings: Pick<IntegrationsSettings, 'OAUTH_REDIRECT_URL'>,
  ) {}

  async create(input: CreateAuthorization): Promise<AuthorizationView> {
    const app = this.appOf(input.provider);
    const state = randomBytes(32).toString('base64url');
    const verifier = randomBytes(32).toString('base64url');
    const stateHash = hashOf(state);
    const sealed = this.box.seal({ verifier }, stateHash);
    const expiresAt = new Date(Date.now() + LIFE_MS);
    await this.rows.insert({
      stateHash,
      workspaceId: requestContext().workspaceId,
      provider: input.provider,
      name: input.name,
      settings: input.settings ?? {},
      isDefault: input.isDefault ?? false,
      verifier: sealed.text,
      keyId: sealed.keyId,
      expiresAt,
    });
    return { url: this.urlFor(app, state, verifier), expiresAt: expiresAt.toISOString() };
  }

  /** @throws ProblemError `authorization-failed` for a state that is not known here, is used or has run out. */
  async complete({ state, code, error }: CompleteAuthorization): Promise<ConnectionView> {
    const row = await this.rows.take(requestContext().workspaceId, hashOf(state));
    if (!row || row.expiresAt <= new Date()) {
      throw failed('This consent was not asked for here, was used already, or took too long.');
    }
    if (error !== undefined || code === undefined) throw failed('The consent was not given.');
    const { refreshToken } = await this.exchange(row, code);
    if (refreshToken === undefined) throw failed('The provider gave access for an hour only.');
    const { provider, name, settings, isDefault } = row;
    return this.connections.create({
      provider,
      name,
      settings: { ...settings, refreshToken },
      isDefault,
    });
  }

  private async exchange(row: AuthorizationEntity, code: string): Promise<Grant> {
    const sealed = { keyId: row.keyId, text: row.verifier };
    const { verifier } = this.box.open(sealed, row.stateHash) as { verifier: string };
    const redirectUrl = this.settings.OAUTH_REDIRECT_URL;
    const given = { code, verifier, redirectUrl };
    try {
      return await this.endpoint.exchange(
        this.appOf(row.provider),
        given,
        AbortSignal.timeout(10_000),
      );
    } catch (cause) {
      if (!(cause instanceof ProviderFailure)) throw cause;
      throw failed(`The provider did not take the consent: ${cause.message}.`);
    }
  }

  private urlFor(app: OAuthApp, state: string, verifier: string): string {
    const url = new URL(app.authorizeUrl);
    const query = {
      response_type: 'code',
      client_id: app.clientId,
      redirect_uri: this.settings.OAUTH_REDIRECT_URL,
      scope: app.scopes.join(' '),
      state,
      // RFC 7636: who steals the code cannot use it.
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...app.parameters,
    };
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url.href;
  }

  private appOf(id: string): OAuthApp {
    const provider = this.providers.find(id);
    const app = provider?.oauth;
    if (app) return app;
    throw new ProblemError(
      'validation-failed',
      provider
        ? 'This provider asks for no consent here: see its settings, or set its client id and secret.'
        : 'There is no such provider.',
    );
  }
}

function hashOf(state: string): string {
  return createHash('sha256').update(state).digest('hex');
}

function failed(detail: string): ProblemError {
  return new ProblemError('authorization-failed', detail);
}
