import { Inject, Injectable } from '@nestjs/common';
import { Metrics } from '@parley/observability';
import { MeetingsRepository } from './meetings.repository';

/** How many meetings run just now, on all replicas together. */
@Injectable()
export class MeetingsMetrics {
  constructor(
    @Inject(Metrics) metrics: Metrics,
    @Inject(MeetingsRepository) meetings: MeetingsRepository,
  ) {
    const helps = { meetings_live: 'Meetings that have begun and not ended, of all replicas.' };
    metrics.sampled(helps, [], async () => {
      const live = await meetings.countLive();
      return (gauges) => {
        gauges.meetings_live.set(live);
      };
    });
  }
}
