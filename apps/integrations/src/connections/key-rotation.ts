import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { logEvent } from '@parley/observability';
import { ConnectionsRepository } from './connections.repository';
import { resealAll } from './reseal-all';
import { SecretBox } from './secret-box';

/** Seals with the first key of CONNECTIONS_KEY, at the start, what an older one sealed: then that may go. */
@Injectable()
export class KeyRotation implements OnApplicationBootstrap {
  constructor(
    @Inject(ConnectionsRepository) private readonly connections: ConnectionsRepository,
    @Inject(SecretBox) private readonly box: SecretBox,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { resealed, lost } = await resealAll(this.connections, this.box);
    if (resealed > 0) logEvent('connections.resealed', { connections: resealed });
    if (lost > 0) logEvent('connections.sealed-away', { connections: lost });
  }
}
