import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { logEvent } from '@parley/observability';
import { ownerOf } from '../connections/connection-owner';
import { resealAll } from '../connections/reseal-all';
import { SecretBox, type Sealed } from '../connections/secret-box';
import { SecretBoxError } from '../connections/secret-box.error';
import { CalendarFailure } from './calendar-failure';
import type { CalendarFeedEntity } from './calendar-feed.entity';
import { CalendarFeedsRepository } from './calendar-feeds.repository';

type Owner = Pick<CalendarFeedEntity, 'id' | 'workspaceId'>;

/** The addresses of feeds, kept sealed as the credentials of connections are. */
@Injectable()
export class CalendarFeedSecrets implements OnApplicationBootstrap {
  constructor(
    @Inject(SecretBox) private readonly box: SecretBox,
    @Inject(CalendarFeedsRepository) private readonly feeds: CalendarFeedsRepository,
  ) {}

  /** As connections do: what an older key sealed is sealed with the newest. */
  async onApplicationBootstrap(): Promise<void> {
    const { lost } = await resealAll(this.feeds, this.box);
    if (lost > 0) logEvent('calendar-feeds.sealed-away', { connections: lost });
  }

  seal(url: string, owner: Owner): Sealed {
    return this.box.seal({ url }, ownerOf(owner));
  }

  /** @throws CalendarFailure when the key that sealed it is gone */
  open(row: Owner & Pick<CalendarFeedEntity, 'secrets' | 'keyId'>): string {
    try {
      const opened = this.box.open({ keyId: row.keyId, text: row.secrets }, ownerOf(row));
      return (opened as { url: string }).url;
    } catch (cause) {
      if (!(cause instanceof SecretBoxError)) throw cause;
      throw new CalendarFailure(
        'key-gone',
        'its address cannot be decrypted: see CONNECTIONS_KEY',
        { cause },
      );
    }
  }
}
