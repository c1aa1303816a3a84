import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { TimelineEntry, TimelineType } from '@parley/contracts';
import { In, MoreThan, Repository } from 'typeorm';
import { TimelineEntryEntity } from './timeline-entry.entity';

@Injectable()
export class TimelineRepository {
  constructor(
    @InjectRepository(TimelineEntryEntity)
    private readonly entries: Repository<TimelineEntryEntity>,
  ) {}

  /**
   * Writes an entry under the meeting's next cursor, once per event. The meeting's row is locked
   * meanwhile, so that cursors have no holes and become visible in order.
   * @returns the entry, or null when the event is known already or the meeting is gone.
   */
  append(
    meetingId: string,
    event: { eventId: string; type: TimelineType; at: Date; data: unknown },
  ): Promise<TimelineEntry | null> {
    return this.entries.manager.transaction(async (manager) => {
      const [meeting] = await manager.query<{ last_cursor: string }[]>(
        `SELECT last_cursor FROM ingestion.meetings WHERE id = $1 FOR UPDATE`,
        [meetingId],
      );
      if (!meeting) return null;
      const known = await manager.existsBy(TimelineEntryEntity, {
        meetingId,
        eventId: event.eventId,
      });
      if (known) return null;
      const cursor = Number(meeting.last_cursor) + 1;
      await manager.insert(TimelineEntryEntity, {
        meetingId,
        cursor,
        ...event,
        data: event.data as object,
      });
      await manager.query(`UPDATE ingestion.meetings SET last_cursor = $2 WHERE id = $1`, [
        meetingId,
        cursor,
      ]);
      const { type, at, data } = event;
      return { cursor, type, meetingId, at: at.toISOString(), data };
    });
  }

  /** @param types only these; by default all. */
  async after(
    meetingId: string,
    cursor: number,
    limit: number,
    types?: readonly TimelineType[],
  ): Promise<TimelineEntry[]> {
    const rows = await this.entries.find({
      where: { meetingId, cursor: MoreThan(cursor), ...(types ? { type: In(types) } : {}) },
      order: { cursor: 'ASC' },
      take: limit,
    });
    return rows.map((row) => ({
      cursor: row.cursor,
      type: row.type,
      meetingId,
      at: row.at.toISOString(),
      data: row.data,
    }));
  }
}
