import { Inject, Injectable, Optional } from '@nestjs/common';
import { Metrics } from '@parley/observability';
import { OutboxRepository } from './outbox.repository';

/** What this service has written and not told the others yet. */
@Injectable()
export class OutboxMetrics {
  constructor(
    @Inject(OutboxRepository) outbox: OutboxRepository,
    @Optional() @Inject(Metrics) metrics?: Metrics,
  ) {
    const helps = {
      outbox_unsent_rows: 'Events written and not published yet.',
      outbox_oldest_unsent_age_seconds: 'Age of the oldest event not published yet.',
    };
    metrics?.sampled(helps, [], async () => {
      const { rows, oldestSeconds } = await outbox.unsent();
      return (gauges) => {
        gauges.outbox_unsent_rows.set(rows);
        gauges.outbox_oldest_unsent_age_seconds.set(oldestSeconds);
      };
    });
  }
}
