import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { logEvent } from '@parley/observability';
import { ownerOf } from './connection-owner';
import { ConnectionsRepository } from './connections.repository';
import { SecretBox } from './secret-box';
import { SecretBoxError } from './secret-box.error';

/** Seals with the first key of CONNECTIONS_KEY, at the start, what an older one sealed: then that may go. */
@Injectable()
export class KeyRotation implements OnApplicationBootstrap {
  constructor(
    @Inject(ConnectionsRepository) private readonly connections: ConnectionsRepository,
    @Inject(SecretBox) private readonly box: SecretBox,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    let resealed = 0;
    let lost = 0;
    for (const row of await this.connections.sealedOtherwise(this.box.newest)) {
      try {
        const secrets = this.box.open({ keyId: row.keyId, text: row.secrets }, ownerOf(row));
        const sealed = this.box.seal(secrets, ownerOf(row));
        if (await this.connections.reseal(row, sealed)) resealed += 1;
      } catch (error) {
        if (!(error instanceof SecretBoxError)) throw error;
        // Kept: the key may come back.
        lost += 1;
      }
    }
    if (resealed > 0) logEvent('connections.resealed', { connections: resealed });
    if (lost > 0) logEvent('connections.sealed-away', { connections: lost });
  }
}
