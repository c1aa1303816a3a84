import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { logEvent } from '@parley/observability';
import { ownerOf } from '../connections/connection-owner';
import { resealAll } from '../connections/reseal-all';
import { SecretBox, type Sealed } from '../connections/secret-box';
import { newWebhookSecret } from '../providers/webhook/standard-webhooks';
import type { SubscriptionEntity } from './subscription.entity';
import { SubscriptionsRepository } from './subscriptions.repository';

type Owner = Pick<SubscriptionEntity, 'id' | 'workspaceId'>;
type Holder = Owner & Pick<SubscriptionEntity, 'secrets' | 'keyId' | 'previousUntil'>;

/** The secrets that subscriptions sign with: made here, kept sealed. */
@Injectable()
export class SubscriptionSecrets implements OnApplicationBootstrap {
  constructor(
    @Inject(SecretBox) private readonly box: SecretBox,
    @Inject(SubscriptionsRepository) private readonly subscriptions: SubscriptionsRepository,
  ) {}

  /** As connections do: what an older key sealed is sealed with the newest. */
  async onApplicationBootstrap(): Promise<void> {
    const { lost } = await resealAll(this.subscriptions, this.box);
    if (lost > 0) logEvent('subscriptions.sealed-away', { connections: lost });
  }

  make(owner: Owner): { secret: string; sealed: Sealed } {
    const secret = newWebhookSecret();
    return { secret, sealed: this.box.seal({ secret }, ownerOf(owner)) };
  }

  /** A new secret that is sealed together with the one it follows. @throws SecretBoxError */
  follow(row: Holder): { secret: string; sealed: Sealed } {
    const secret = newWebhookSecret();
    const { secret: previous } = this.open(row);
    return { secret, sealed: this.box.seal({ secret, previous }, ownerOf(row)) };
  }

  /** Those that sign now, the newest first. @throws SecretBoxError */
  valid(row: Holder, now = new Date()): string[] {
    const { secret, previous } = this.open(row);
    const overlaps = row.previousUntil !== null && row.previousUntil > now;
    return [secret, ...(overlaps && previous !== undefined ? [previous] : [])];
  }

  private open(row: Holder): { secret: string; previous?: string } {
    const sealed = { keyId: row.keyId, text: row.secrets };
    return this.box.open(sealed, ownerOf(row)) as { secret: string; previous?: string };
  }
}
