import { Inject, Injectable } from '@nestjs/common';
import type { CoverageSpan } from '@parley/contracts';
import { Metrics } from '@parley/observability';
import type { Counter } from 'prom-client';

/** What became of the audio: the figure that says whether the product does its job. */
@Injectable()
export class CoverageMetrics {
  private readonly seconds: Counter<'state'>;

  constructor(@Inject(Metrics) metrics: Metrics) {
    this.seconds = metrics.counter(
      'coverage_seconds_total',
      'Audio accounted for, by what became of it.',
      ['state'],
    );
    for (const state of ['transcribed', 'silence', 'filtered', 'withheld', 'shed', 'lost']) {
      this.seconds.inc({ state }, 0);
    }
  }

  /** Counts spans that are new in the ledger. */
  covered(spans: Pick<CoverageSpan, 'startMs' | 'endMs' | 'state'>[]): void {
    for (const { startMs, endMs, state } of spans) {
      this.seconds.inc({ state }, (endMs - startMs) / 1_000);
    }
  }
}
