import { Inject, Injectable } from '@nestjs/common';
import { Metrics } from '@parley/observability';
import type { Counter } from 'prom-client';

const OUTCOMES = ['heard', 'stopped', 'failed'] as const;

/** What became of uploaded recordings. */
@Injectable()
export class UploadMetrics {
  private readonly uploads: Counter<'outcome'>;

  constructor(@Inject(Metrics) metrics: Metrics) {
    this.uploads = metrics.counter(
      'uploads_total',
      'Recordings that were uploaded, by what became of them.',
      ['outcome'],
    );
    for (const outcome of OUTCOMES) this.uploads.inc({ outcome }, 0);
  }

  count(outcome: (typeof OUTCOMES)[number]): void {
    this.uploads.inc({ outcome });
  }
}
