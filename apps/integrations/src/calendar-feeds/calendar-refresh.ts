import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@parley/config';
import { UnitOfWork } from '@parley/database';
import { logEvent } from '@parley/observability';
import { makeContext, runInContext } from '@parley/service';
import type { IntegrationsSettings } from '../integrations.settings';
import { CalendarFailure } from './calendar-failure';
import { changesOf, eventsOf } from './calendar-changes';
import { CalendarFetch, type Fetched } from './calendar-fetch';
import type { CalendarFeedEntity } from './calendar-feed.entity';
import { CalendarFeedSecrets } from './calendar-feed-secrets';
import { CalendarFeedsRepository } from './calendar-feeds.repository';
import { CalendarMetrics } from './calendar.metrics';
import { CalendarReader } from './reading/calendar-reader';
import type { Reading } from './reading/occurrence';

/** Planned from one feed; more are left out, and the feed says so. */
export const MOST_PLANNED = 500;
const DAY_MS = 24 * 3_600_000;
/** Beyond fetching and reading: writing down what came of it. */
const LEASE_MARGIN_MS = 30_000;
const SLOWEST_MS = 3_600_000;

/** Looks at the calendars that are due. Several replicas may do so at once: each feed is one's at a time. */
@Injectable()
export class CalendarRefresh {
  constructor(
    @Inject(CalendarFeedsRepository) private readonly feeds: CalendarFeedsRepository,
    @Inject(CalendarFeedSecrets) private readonly secrets: CalendarFeedSecrets,
    @Inject(CalendarFetch) private readonly source: CalendarFetch,
    @Inject(CalendarReader) private readonly reader: CalendarReader,
    @Inject(CalendarMetrics) private readonly metrics: CalendarMetrics,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(SETTINGS) private readonly settings: IntegrationsSettings,
  ) {}

  /** All that are due, one after the other, until none is or `signal` fires. */
  async refreshDue(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const owner = randomUUID();
      const due = await this.feeds.claim(owner, this.leaseMs);
      if (!due) return;
      await this.refresh(due, owner, signal);
    }
  }

  /** This one, now. */
  async refreshNow(id: string, signal: AbortSignal): Promise<void> {
    const owner = randomUUID();
    const feed = await this.feeds.claim(owner, this.leaseMs, id);
    if (feed) await this.refresh(feed, owner, signal);
  }

  private get leaseMs(): number {
    return 2 * this.settings.CALENDAR_FEED_TIMEOUT_SECONDS * 1_000 + LEASE_MARGIN_MS;
  }

  private refresh(feed: CalendarFeedEntity, owner: string, signal: AbortSignal): Promise<void> {
    const context = makeContext('integrations', { workspaceId: feed.workspaceId });
    return runInContext(context, async () => {
      try {
        const outcome = await this.look(feed, owner, signal);
        this.metrics.refreshed(outcome);
      } catch (error) {
        // Its time comes again once the lease is over.
        if (signal.aborted) return;
        await this.fail(feed, owner, error);
        this.metrics.refreshed('failed');
      }
    });
  }

  private async look(
    feed: CalendarFeedEntity,
    owner: string,
    signal: AbortSignal,
  ): Promise<'changed' | 'unchanged'> {
    const fromMs = Date.now();
    const untilMs = fromMs + this.settings.CALENDAR_FEED_HORIZON_DAYS * DAY_MS;
    const fetched = await this.source.fetch(
      this.secrets.open(feed),
      knownOf(feed, untilMs),
      signal,
    );
    if (!fetched.changed) {
      await this.work.run(({ manager }) =>
        this.feeds.settle(manager, feed.id, owner, this.well(fromMs)),
      );
      return 'unchanged';
    }
    const { text } = fetched;
    const { timeZone } = feed;
    const reading = await this.reader.read(
      { text, timeZone, fromMs, untilMs, most: MOST_PLANNED },
      AbortSignal.any([
        signal,
        AbortSignal.timeout(this.settings.CALENDAR_FEED_TIMEOUT_SECONDS * 1_000),
      ]),
    );
    return (await this.record(feed, owner, fetched, reading, { fromMs, untilMs }))
      ? 'changed'
      : 'unchanged';
  }

  /** @returns whether anything is told that was not. */
  private record(
    { id, workspaceId, revision: before }: CalendarFeedEntity,
    owner: string,
    { etag, lastModified }: Extract<Fetched, { changed: true }>,
    { occurrences, leftOut, unread }: Reading,
    { fromMs, untilMs }: { fromMs: number; untilMs: number },
  ): Promise<boolean> {
    return this.work.run(async ({ manager, emit }) => {
      const changes = changesOf(id, await this.feeds.events(manager, id), occurrences);
      const isNew = changes.planned.length + changes.cancelled.length > 0;
      const revision = isNew ? before + 1 : before;
      const findings = {
        etag,
        lastModified,
        readUntil: new Date(untilMs),
        leftOut,
        unread,
        revision,
      };
      const isOurs = await this.feeds.settle(manager, id, owner, {
        ...this.well(fromMs),
        ...findings,
      });
      if (!isOurs) return false;
      await this.feeds.keep(
        manager,
        changes.planned.map(({ row }) => row),
      );
      await this.feeds.forget(
        manager,
        id,
        changes.cancelled.map(({ key }) => key),
      );
      for (const event of eventsOf(changes, { id, workspaceId, revision })) emit(event);
      return isNew;
    });
  }

  private well(nowMs: number) {
    return {
      refreshedAt: new Date(nowMs),
      failingSince: null,
      failures: 0,
      failure: null,
      nextAt: new Date(nowMs + this.settings.CALENDAR_FEED_REFRESH_SECONDS * 1_000),
    };
  }

  /** What was planned stays: a calendar that is away has not cancelled anything. */
  private async fail(feed: CalendarFeedEntity, owner: string, error: unknown): Promise<void> {
    const { code, message: failure } =
      error instanceof CalendarFailure
        ? error
        : new CalendarFailure('unexpected', 'reading it failed unexpectedly');
    logEvent('calendar-feed.failed', { feedId: feed.id, reason: code, err: error });
    const everyMs = this.settings.CALENDAR_FEED_REFRESH_SECONDS * 1_000;
    const waitMs = Math.max(
      everyMs,
      Math.min(everyMs * 2 ** Math.min(feed.failures, 16), SLOWEST_MS),
    );
    await this.work.run(({ manager }) =>
      this.feeds.settle(manager, feed.id, owner, {
        failure,
        failures: feed.failures + 1,
        failingSince: feed.failingSince ?? new Date(),
        nextAt: new Date(Date.now() + waitMs),
      }),
    );
  }
}

/** A version that was looked through some hours ago has to be looked through again: the horizon has moved on. */
function knownOf({ etag, lastModified, readUntil }: CalendarFeedEntity, untilMs: number) {
  const isRecent = readUntil !== null && untilMs - readUntil.getTime() < DAY_MS / 4;
  return isRecent ? { etag, lastModified } : { etag: null, lastModified: null };
}
