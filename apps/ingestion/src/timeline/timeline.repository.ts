import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { HearingTimes, TimelineEntry, TimelineType } from '@parley/contracts';
import { In, MoreThan, type EntityManager, Repository } from 'typeorm';
import { TimelineEntryEntity } from './timeline-entry.entity';

/** What an event adds to a timeline. */
export interface NewEntry extends Pick<TimelineEntryEntity, 'eventId' | 'type' | 'at' | 'data'> {
  traceId?: string | null;
  times?: HearingTimes | null;
}

/** A new entry, and what its meeting says of who may hear of it. */
export interface AddedEntry {
  entry: TimelineEntry & { cursor: number };
  workspaceId: string;
  /** Of a meeting that was never on the record nobody else hears. */
  recorded: boolean;
}

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
  async append(
    manager: EntityManager,
    meetingId: string,
    event: NewEntry,
  ): Promise<AddedEntry | null> {
    const [meeting] = await manager.query<
      { last_cursor: string; workspace_id: string; recorded: boolean }[]
    >(
      `SELECT last_cursor, workspace_id, recorded FROM ingestion.meetings
       WHERE id = $1 FOR UPDATE`,
      [meetingId],
    );
    if (!meeting) return null;
    const { eventId, type, at, data, traceId = null, times = null } = event;
    if (await manager.existsBy(TimelineEntryEntity, { meetingId, eventId })) return null;
    const cursor = Number(meeting.last_cursor) + 1;
    const row = { meetingId, cursor, eventId, type, at, data: data as object, traceId, times };
    await manager.insert(TimelineEntryEntity, row);
    await manager.query(`UPDATE ingestion.meetings SET last_cursor = $2 WHERE id = $1`, [
      meetingId,
      cursor,
    ]);
    return {
      entry: { cursor, type, meetingId, at: at.toISOString(), data },
      workspaceId: meeting.workspace_id,
      recorded: meeting.recorded,
    };
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
