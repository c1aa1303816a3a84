import { Inject, Injectable } from '@nestjs/common';
import { Metrics } from '@parley/observability';
import type { Counter } from 'prom-client';

/** Whether recordings have all that they should have. */
@Injectable()
export class RecordingMetrics {
  private readonly seconds: Counter<'outcome'>;

  constructor(@Inject(Metrics) metrics: Metrics) {
    this.seconds = metrics.counter(
      'recording_seconds_total',
      'Audio of meetings that keep it, by whether it could be kept.',
      ['outcome'],
    );
    for (const outcome of ['kept', 'lost']) this.seconds.inc({ outcome }, 0);
  }

  count(outcome: 'kept' | 'lost', ms: number): void {
    this.seconds.inc({ outcome }, ms / 1_000);
  }
}
