import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import { logEvent } from '@parley/observability';
import { Sweep } from '@parley/service';
import type { IntegrationsSettings } from '../integrations.settings';
import { CalendarRefresh } from './calendar-refresh';

/** Feeds come due one by one; nobody minds if one waits for so long. */
const LONGEST_SWEEP_MS = 15_000;

/** Looks for feeds that are due. */
@Injectable()
export class CalendarSweep implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly closing = new AbortController();
  private readonly regular: Sweep;

  constructor(
    @Inject(CalendarRefresh) refresh: CalendarRefresh,
    @Inject(SETTINGS) settings: Pick<IntegrationsSettings, 'CALENDAR_FEED_REFRESH_SECONDS'>,
  ) {
    this.regular = new Sweep({
      everyMs: Math.min(settings.CALENDAR_FEED_REFRESH_SECONDS * 1_000, LONGEST_SWEEP_MS),
      work: () => refresh.refreshDue(this.closing.signal),
      failed: (error) => {
        logEvent('calendar-feed.sweep-failed', { err: error });
      },
    });
  }

  onApplicationBootstrap(): void {
    this.regular.start();
    this.regular.now();
  }

  /** What is under way is given up: its time comes again. */
  async onModuleDestroy(): Promise<void> {
    this.closing.abort();
    await this.regular.stop();
  }
}
