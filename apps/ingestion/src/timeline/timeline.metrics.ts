import { Inject, Injectable } from '@nestjs/common';
import type { TimelineType } from '@parley/contracts';
import { Metrics } from '@parley/observability';
import type { Counter } from 'prom-client';
import { FeedHub } from './feed-hub';

/** What is written to timelines, and how many read them. */
@Injectable()
export class TimelineMetrics {
  private readonly entries: Counter<'type'>;

  constructor(@Inject(Metrics) metrics: Metrics, @Inject(FeedHub) feeds: FeedHub) {
    this.entries = metrics.counter('timeline_entries_total', 'Entries written to timelines.', [
      'type',
    ]);
    metrics.reading('feeds_open', 'Viewers connected to live feeds.', () => feeds.open);
  }

  written(type: TimelineType): void {
    this.entries.inc({ type });
  }
}
