import { Inject, Injectable } from '@nestjs/common';
import { Broadcast } from '@parley/bus';
import type { Envelope, TimelineEntry, TimelineType } from '@parley/contracts';
import { TimelineRepository } from './timeline.repository';

/** Carries new entries to the replicas whose viewers wait for them. */
export const TIMELINE_CHANNEL = 'timeline';
/** asr's provisional text; passed on, never stored. */
export const PARTIAL_CHANNEL = 'segment.partial';

@Injectable()
export class TimelineService {
  constructor(
    @Inject(TimelineRepository) private readonly entries: TimelineRepository,
    @Inject(Broadcast) private readonly broadcast: Broadcast,
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
    if (entry) await this.broadcast.publish(TIMELINE_CHANNEL, entry);
  }

  after(meetingId: string, cursor: number, limit: number): Promise<TimelineEntry[]> {
    return this.entries.after(meetingId, cursor, limit);
  }
}
