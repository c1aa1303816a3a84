import { Inject, Injectable } from '@nestjs/common';
import { Broadcast } from '@parley/bus';
import {
  makeEvent,
  type Envelope,
  type HearingTimes,
  type TimelineEntry,
  type TimelineType,
} from '@parley/contracts';
import { UnitOfWork } from '@parley/database';
import { toSpanContext } from '@parley/observability';
import type { Page, PageQuery } from '@parley/service';
import { MeetingsService } from '../meetings/meetings.service';
import { TIMELINE_CHANNEL } from './channels';
import { cursorOf } from './feeds.service';
import type { PastEntry } from './past-entry.view';
import { TimelineMetrics } from './timeline.metrics';
import { TimelineRepository } from './timeline.repository';

@Injectable()
export class TimelineService {
  constructor(
    @Inject(TimelineRepository) private readonly entries: TimelineRepository,
    @Inject(MeetingsService) private readonly meetings: MeetingsService,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Broadcast) private readonly broadcast: Broadcast,
    @Inject(TimelineMetrics) private readonly metrics: TimelineMetrics,
  ) {}

  /** Puts an event on its meeting's timeline and tells subscribers of it; the same event twice is there once. */
  async append(
    event: Envelope,
    type: TimelineType,
    data: unknown,
    times?: HearingTimes,
  ): Promise<void> {
    const { meetingId, traceparent } = event;
    if (meetingId === undefined) return;
    const at = new Date(event.occurredAt);
    const added = await this.work.run(async ({ manager, emit }) => {
      const traceId = toSpanContext(traceparent)?.traceId ?? null;
      const given = { eventId: event.id, type, at, data, traceId, times: times ?? null };
      const added = await this.entries.append(manager, meetingId, given);
      if (added?.recorded) {
        const news = { cursor: added.entry.cursor, kind: type };
        const { workspaceId } = added;
        emit(makeEvent('timeline.added', news, { meetingId, workspaceId, traceparent }));
      }
      return added;
    });
    if (!added) return;
    this.metrics.written(type);
    await this.broadcast.publish(TIMELINE_CHANNEL, added.entry);
  }

  /** @throws ProblemError `meeting-not-found`; `validation-failed` for a cursor that is none. */
  async page(meetingId: string, { limit, cursor }: PageQuery): Promise<Page<PastEntry>> {
    await this.meetings.require(meetingId);
    const entries = await this.after(meetingId, cursorOf(cursor, 'cursor'), limit + 1);
    const items = entries.slice(0, limit) as PastEntry[];
    const last = items.at(-1)?.cursor;
    return { items, nextCursor: entries.length > limit ? String(last) : null };
  }

  after(meetingId: string, cursor: number, limit: number): Promise<TimelineEntry[]> {
    return this.entries.after(meetingId, cursor, limit);
  }
}
