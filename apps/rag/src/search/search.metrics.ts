import { Inject, Injectable } from '@nestjs/common';
import type { SearchMode } from '@parley/contracts';
import { Metrics } from '@parley/observability';
import type { Counter, Histogram } from 'prom-client';

/** How long a search takes, and how often it went without vectors. */
@Injectable()
export class SearchMetrics {
  private readonly seconds: Histogram<'mode'>;
  private readonly degraded: Counter;

  constructor(@Inject(Metrics) metrics: Metrics) {
    this.seconds = metrics.histogram('search_duration_seconds', 'Time one search took.', ['mode']);
    this.degraded = metrics.counter(
      'search_degraded_total',
      'Hybrid searches that had no vectors to search with.',
    );
  }

  searched(mode: SearchMode, seconds: number, degraded: boolean): void {
    this.seconds.observe({ mode }, seconds);
    if (degraded) this.degraded.inc();
  }
}
