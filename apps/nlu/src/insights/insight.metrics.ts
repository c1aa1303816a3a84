import { Inject, Injectable } from '@nestjs/common';
import type { Insight } from '@parley/contracts';
import { Metrics } from '@parley/observability';
import type { Counter, Histogram } from 'prom-client';

/** What was understood, and how long understanding took. */
@Injectable()
export class InsightMetrics {
  private readonly insights: Counter<'intent'>;
  private readonly seconds: Histogram;

  constructor(@Inject(Metrics) metrics: Metrics) {
    this.insights = metrics.counter('insights_total', 'Insights written, by intent.', ['intent']);
    this.seconds = metrics.histogram(
      'analysis_duration_seconds',
      'Time to analyse one segment, without writing what was found.',
    );
  }

  analysed(seconds: number): void {
    this.seconds.observe(seconds);
  }

  written(intent: Insight['intent']): void {
    this.insights.inc({ intent });
  }
}
