import { Inject, Injectable } from '@nestjs/common';
import { AccessTokens } from '../oauth/access-tokens';
import type { OpenConnection } from '../providers/provider';
import { ProviderRegistry } from '../providers/provider.registry';
import type { ConnectionEntity } from './connection.entity';
import { ownerOf } from './connection-owner';
import { SecretBox } from './secret-box';
import { SecretBoxError } from './secret-box.error';

/** Makes of a row what a provider is called with: its secrets in clear, and access where a person consented. */
@Injectable()
export class ConnectionOpener {
  constructor(
    @Inject(ProviderRegistry) private readonly providers: ProviderRegistry,
    @Inject(SecretBox) private readonly box: SecretBox,
    @Inject(AccessTokens) private readonly accessTokens: AccessTokens,
  ) {}

  /** @throws SecretBoxError */
  open(row: ConnectionEntity): OpenConnection {
    const secrets = this.box.open({ keyId: row.keyId, text: row.secrets }, ownerOf(row));
    const app = this.providers.find(row.provider)?.oauth;
    return {
      id: row.id,
      name: row.name,
      settings: { ...row.settings, ...secrets },
      ...(app ? { access: this.accessTokens.of(app, row.id, ownerOf(row)) } : {}),
    };
  }

  /** @returns null when its secrets cannot be decrypted. */
  openIfItCan(row: ConnectionEntity): OpenConnection | null {
    try {
      return this.open(row);
    } catch (error) {
      if (error instanceof SecretBoxError) return null;
      throw error;
    }
  }
}
