import { Inject, Injectable } from '@nestjs/common';
import { BYTES_PER_MS } from '@parley/audio';
import { AudioLog } from '@parley/bus';
import { Metrics } from '@parley/observability';
import { ClaimsService } from './claims.service';
import { LeasesRepository } from './leases.repository';
import { ListeningService } from './listening.service';
import { SessionsRepository } from './sessions.repository';

/** How many meetings this replica listens to, and how far behind their audio it is. */
@Injectable()
export class ListeningMetrics {
  constructor(
    @Inject(Metrics) metrics: Metrics,
    @Inject(ListeningService) private readonly listening: ListeningService,
    @Inject(ClaimsService) claims: ClaimsService,
    @Inject(LeasesRepository) leases: LeasesRepository,
    @Inject(SessionsRepository) private readonly sessions: SessionsRepository,
    @Inject(AudioLog) private readonly log: AudioLog,
  ) {
    metrics.reading(
      'meetings_listening',
      'Meetings that this replica listens to.',
      () => this.listening.meetings,
    );
    metrics.reading(
      'meetings_capacity',
      'Meetings that this replica can listen to at most, as measured.',
      () => claims.capacityWith(this.listening.meetings),
    );
    metrics.sampled(
      { meetings_waiting: 'Meetings that no replica has room for.' },
      [],
      async () => {
        const waiting = await leases.waiting();
        return ({ meetings_waiting: gauge }) => {
          gauge.set(waiting);
        };
      },
    );
    metrics.sampled(
      {
        audio_lag_seconds:
          'Audio received and not accounted for yet, of the channel that is furthest behind.',
      },
      [],
      async () => {
        const seconds = (await this.furthestBehindMs()) / 1_000;
        return ({ audio_lag_seconds: lag }) => {
          lag.set(seconds);
        };
      },
    );
  }

  private async furthestBehindMs(): Promise<number> {
    const behind = await Promise.all(
      this.listening.meetingIds.map(async (meetingId) => {
        const sessions = await this.sessions.of(meetingId);
        const open = sessions.filter(
          ({ status, source }) => status === 'open' && source === 'audio',
        );
        const held = open.map(({ channel }) => this.log.heldBytes(meetingId, channel));
        return (await Promise.all(held)).map((bytes) => bytes / BYTES_PER_MS);
      }),
    );
    return Math.max(0, ...behind.flat());
  }
}
