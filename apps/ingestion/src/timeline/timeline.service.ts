import { Inject, Injectable } from '@nestjs/common';
import { Broadcast } from '@parley/bus';
import type { Envelope, TimelineEntry, TimelineType } from '@parley/contracts';
import { TIMELINE_CHANNEL } from './channels';
import { TimelineMetrics } from './timeline.metrics';
import { TimelineRepository } from './timeline.repository';

@Injectable()
export class TimelineService {
  constructor(
    @Inject(TimelineRepository) private readonly entries: TimelineRepository,
    @Inject(Broadcast) private readonly broadcast: Broadcast,
    @Inject(TimelineMetrics) private readonly metrics: TimelineMetrics,
  ) {}

  /** Puts an event on its meeting's timeline; the same event twice is there once. */
  async append(event: Envelope, type: TimelineType, data: unknown): Promise<void> {
    if (event.meetingId === undefined) return;
    const entry = await this.entries.append(event.meetingId, {
      eventId: event.id,
      type,
      at: new Date(event.occurredAt),
      data,
    });
    if (!entry) return;
    this.metrics.written(type);
    await this.broadcast.publish(TIMELINE_CHANNEL, entry);
  }

  after(meetingId: string, cursor: number, limit: number): Promise<TimelineEntry[]> {
    return this.entries.after(meetingId, cursor, limit);
  }
}
