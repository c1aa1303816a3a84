import { Inject, Injectable } from '@nestjs/common';
import { isId, newId, ProblemError } from '@parley/contracts';
import { UnitOfWork, type Unit } from '@parley/database';
import {
  assertIdCursor,
  pageFrom,
  audited,
  requestContext,
  type Page,
  type PageQuery,
} from '@parley/service';
import { errorCode } from '../error-code';
import { DestinationGuard } from '../outbound/destination-guard';
import { outboundUrl } from '../outbound/outbound-url';
import { eventsOf } from './calendar-changes';
import type { CalendarFeed, CreateCalendarFeed } from './calendar-feed.dto';
import type { CalendarFeedEntity } from './calendar-feed.entity';
import { CalendarFeedSecrets } from './calendar-feed-secrets';
import { CalendarFeedsRepository } from './calendar-feeds.repository';
import { CalendarRefresh } from './calendar-refresh';

/** Each is fetched again and again. */
const MOST_IN_A_WORKSPACE = 20;
const UNIQUE_VIOLATION = '23505';

/** The calendars that meetings of a workspace are planned from. */
@Injectable()
export class CalendarFeedsService {
  constructor(
    @Inject(CalendarFeedsRepository) private readonly feeds: CalendarFeedsRepository,
    @Inject(CalendarFeedSecrets) private readonly secrets: CalendarFeedSecrets,
    @Inject(CalendarRefresh) private readonly refreshes: CalendarRefresh,
    @Inject(DestinationGuard) private readonly guard: DestinationGuard,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  /** @throws ProblemError `destination-refused`; `conflict` for a name that is taken, or too many. */
  async create({ name, url: given, timeZone = 'UTC' }: CreateCalendarFeed): Promise<CalendarFeed> {
    const { workspaceId } = requestContext();
    const url = outboundUrl(given.trim().replace(/^webcals?:/i, 'https:'));
    await this.guard.admit(url.href);
    if ((await this.feeds.count(workspaceId)) >= MOST_IN_A_WORKSPACE) {
      throw new ProblemError('conflict', `A workspace has at most ${MOST_IN_A_WORKSPACE}.`);
    }
    const row = toRow({ id: newId(), workspaceId }, { name, timeZone, host: url.hostname });
    const sealed = this.secrets.seal(url.href, row);
    Object.assign(row, { secrets: sealed.text, keyId: sealed.keyId });
    await this.insert(async ({ manager, emit }) => {
      await this.feeds.insert(manager, row);
      emit(audited('calendar-feed.created', row.id, { name }));
    });
    return toView(row, 0);
  }

  async list({ limit, cursor }: PageQuery): Promise<Page<CalendarFeed>> {
    assertIdCursor(cursor);
    const rows = await this.feeds.list(requestContext().workspaceId, limit + 1, cursor);
    const planned = await this.feeds.planned(rows.slice(0, limit).map(({ id }) => id));
    return pageFrom(rows, limit, (row) => toView(row, planned.get(row.id) ?? 0));
  }

  /** @throws ProblemError `calendar-feed-not-found` */
  async get(id: string): Promise<CalendarFeed> {
    const row = await this.require(id);
    return toView(row, (await this.feeds.planned([id])).get(id) ?? 0);
  }

  /** Looks at it now. @throws ProblemError `calendar-feed-not-found`; `calendar-unreadable` */
  async refresh(id: string): Promise<CalendarFeed> {
    await this.require(id);
    const signal = requestContext().deadline?.signal ?? new AbortController().signal;
    await this.refreshes.refreshNow(id, signal);
    const feed = await this.get(id);
    if (feed.failure === null) return feed;
    throw new ProblemError('calendar-unreadable', `The calendar cannot be read: ${feed.failure}.`);
  }

  /** What was planned from it and nobody has begun is planned no more. @throws ProblemError `calendar-feed-not-found` */
  async delete(id: string): Promise<void> {
    const { workspaceId } = requestContext();
    await this.require(id);
    await this.work.run(async ({ manager, emit }) => {
      const row = await this.feeds.hold(manager, workspaceId, id);
      if (!row) throw notFound();
      const cancelled = await this.feeds.events(manager, id);
      const last = { id, workspaceId, revision: row.revision + 1 };
      for (const event of eventsOf({ planned: [], cancelled }, last)) emit(event);
      await this.feeds.delete(manager, id);
      emit(audited('calendar-feed.removed', id, {}));
    });
  }

  private async require(id: string): Promise<CalendarFeedEntity> {
    const { workspaceId } = requestContext();
    const row = isId(id) ? await this.feeds.find(workspaceId, id) : null;
    if (row) return row;
    throw notFound();
  }

  private async insert(unit: (given: Unit) => Promise<void>): Promise<void> {
    try {
      await this.work.run(unit);
    } catch (error) {
      if (errorCode(error) !== UNIQUE_VIOLATION) throw error;
      throw new ProblemError('conflict', 'Another calendar feed has this name.');
    }
  }
}

function notFound(): ProblemError {
  return new ProblemError('calendar-feed-not-found', 'There is no calendar feed with this id.');
}

function toRow(
  identity: Pick<CalendarFeedEntity, 'id' | 'workspaceId'>,
  given: Pick<CalendarFeedEntity, 'name' | 'timeZone' | 'host'>,
): CalendarFeedEntity {
  const now = new Date();
  return {
    ...identity,
    ...given,
    secrets: '',
    keyId: '',
    etag: null,
    lastModified: null,
    readUntil: null,
    revision: 0,
    leftOut: 0,
    unread: 0,
    refreshedAt: null,
    failingSince: null,
    failures: 0,
    failure: null,
    nextAt: now,
    leaseOwner: null,
    createdAt: now,
  };
}

function toView(row: CalendarFeedEntity, planned: number): CalendarFeed {
  const { id, name, host, timeZone, leftOut, unread, failure } = row;
  return {
    id,
    name,
    host,
    timeZone,
    planned,
    leftOut,
    unread,
    refreshedAt: row.refreshedAt?.toISOString() ?? null,
    failingSince: row.failingSince?.toISOString() ?? null,
    failure,
    nextRefreshAt: row.nextAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
  };
}
