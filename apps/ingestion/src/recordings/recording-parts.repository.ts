import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, LessThan, MoreThan, Not, Repository, type FindManyOptions } from 'typeorm';
import { MeetingEntity } from '../meetings/meeting.entity';
import { RecordingPartEntity } from './recording-part.entity';

export type RecordingStretch = Pick<RecordingPartEntity, 'channel' | 'startMs' | 'endMs'>;

@Injectable()
export class RecordingPartsRepository {
  constructor(
    @InjectRepository(RecordingPartEntity)
    private readonly parts: Repository<RecordingPartEntity>,
  ) {}

  /**
   * Waits for a change of the meeting that is under way: who ends the keeping of its audio sees all rows there are.
   * @returns false when audio of the meeting is not to be kept, or not any more.
   */
  async begin(part: Omit<RecordingPartEntity, 'keyId'>): Promise<boolean> {
    const rows = await this.parts.query<unknown[]>(
      `INSERT INTO ingestion.recording_parts (id, meeting_id, channel, start_ms, end_ms)
       SELECT $1, id, $3, $4, $5 FROM ingestion.meetings
       WHERE id = $2 AND keep_audio AND NOT notes_only
       FOR SHARE
       RETURNING id`,
      [part.id, part.meetingId, part.channel, part.startMs, part.endMs],
    );
    return rows.length === 1;
  }

  /** Its blob is there. @returns false when the row has gone meanwhile. */
  async sealed(id: string, keyId: string): Promise<boolean> {
    const { affected } = await this.parts.update({ id }, { keyId });
    return affected === 1;
  }

  /** Those of a channel that lie in the stretch, in order. */
  within(stretch: RecordingStretch, meetingId: string): Promise<RecordingPartEntity[]> {
    return this.parts.find(partsOf(stretch, meetingId));
  }

  first(stretch: RecordingStretch, meetingId: string): Promise<RecordingPartEntity | null> {
    return this.parts.findOne(partsOf(stretch, meetingId));
  }

  /** Those that may be heard, by channel, in order: none once only notes are kept, though their blobs go a while later. */
  audible(meetingId: string): Promise<RecordingStretch[]> {
    return this.parts
      .createQueryBuilder('part')
      .innerJoin(MeetingEntity, 'meeting', 'meeting.id = part.meetingId AND NOT meeting.notesOnly')
      .where({ meetingId, keyId: Not(IsNull()) })
      .orderBy({ 'part.channel': 'ASC', 'part.startMs': 'ASC' })
      .getMany();
  }

  /** Files of recordings that were uploaded lie beside them; of a meeting that is erased nothing is said of these, either. */
  async removeAll(meetingId: string): Promise<void> {
    await this.parts.delete({ meetingId });
    await this.parts.query(
      `DELETE FROM ingestion.uploads WHERE meeting_id = $1
         AND NOT EXISTS (SELECT 1 FROM ingestion.meetings WHERE id = $1)`,
      [meetingId],
    );
    await this.parts.query(`UPDATE ingestion.uploads SET file_kept = false WHERE meeting_id = $1`, [
      meetingId,
    ]);
  }

  /** No more of its audio is kept from here on. */
  async keepNoMore(meetingId: string, manager = this.parts.manager): Promise<void> {
    await manager.query(`UPDATE ingestion.meetings SET keep_audio = false WHERE id = $1`, [
      meetingId,
    ]);
  }

  /** Meetings that were made before this id and of which there is audio. */
  async olderThan(beforeId: string, limit: number): Promise<{ id: string }[]> {
    return this.parts.query(
      `SELECT id FROM ingestion.meetings
       WHERE id < $1 AND ingestion.has_audio(id)
       ORDER BY id LIMIT $2`,
      [beforeId, limit],
    );
  }

  /** Those that another key than this one sealed, in the order of their ids. */
  sealedOtherwise(
    keyId: string,
    afterId: string,
    limit: number,
  ): Promise<Pick<RecordingPartEntity, 'id' | 'meetingId'>[]> {
    return this.parts.query(
      `SELECT id, meeting_id AS "meetingId" FROM ingestion.recording_parts
       WHERE key_id <> $1 AND id > $2 ORDER BY id LIMIT $3`,
      [keyId, afterId, limit],
    );
  }

  /** Whether there is any audio, of this meeting or at all. */
  async any(meetingId?: string): Promise<boolean> {
    const [row] = await this.parts.query<{ any: boolean }[]>(
      `SELECT EXISTS (SELECT 1 FROM ingestion.recording_parts WHERE $1::uuid IS NULL OR meeting_id = $1)
         OR EXISTS (SELECT 1 FROM ingestion.uploads
           WHERE file_kept AND ($1::uuid IS NULL OR meeting_id = $1)) AS any`,
      [meetingId ?? null],
    );
    return row?.any ?? false;
  }
}

function partsOf({ channel, startMs, endMs }: RecordingStretch, meetingId: string) {
  return {
    where: {
      meetingId,
      channel,
      startMs: LessThan(endMs),
      endMs: MoreThan(startMs),
      keyId: Not(IsNull()),
    },
    order: { startMs: 'ASC', id: 'ASC' },
  } satisfies FindManyOptions<RecordingPartEntity>;
}
