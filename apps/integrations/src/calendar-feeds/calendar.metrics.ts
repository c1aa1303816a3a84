import { Inject, Injectable } from '@nestjs/common';
import { Metrics } from '@parley/observability';
import type { Counter } from 'prom-client';
import { CalendarFeedsRepository } from './calendar-feeds.repository';

const OUTCOMES = ['changed', 'unchanged', 'failed'] as const;
export type RefreshOutcome = (typeof OUTCOMES)[number];

/** How looking at calendars goes. */
@Injectable()
export class CalendarMetrics {
  private readonly refreshes: Counter<'outcome'>;

  constructor(
    @Inject(Metrics) metrics: Metrics,
    @Inject(CalendarFeedsRepository) feeds: CalendarFeedsRepository,
  ) {
    this.refreshes = metrics.counter(
      'calendar_refreshes_total',
      'Looks at calendar feeds: changed, unchanged or failed.',
      ['outcome'],
    );
    for (const outcome of OUTCOMES) this.refreshes.inc({ outcome }, 0);
    const helps = {
      calendar_feeds: 'Calendar feeds that meetings are planned from, of all replicas.',
      calendar_feeds_failing: 'Those that could not be read when they were last looked at.',
    };
    metrics.sampled(helps, [], async () => {
      const { feeds: all, failing } = await feeds.fleet();
      return (gauges) => {
        gauges.calendar_feeds.set(all);
        gauges.calendar_feeds_failing.set(failing);
      };
    });
  }

  refreshed(outcome: RefreshOutcome): void {
    this.refreshes.inc({ outcome });
  }
}
