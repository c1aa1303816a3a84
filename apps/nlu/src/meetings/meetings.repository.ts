import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository, type EntityManager } from 'typeorm';
import { MeetingEntity, type KnownMeeting } from './meeting.entity';

@Injectable()
export class MeetingsRepository {
  constructor(
    @InjectRepository(MeetingEntity) private readonly meetings: Repository<MeetingEntity>,
  ) {}

  find(workspaceId: string, id: string): Promise<MeetingEntity | null> {
    return this.meetings.findOneBy({ workspaceId, id });
  }

  /** @returns false when the meeting was erased: nothing was written. */
  async upsert(meeting: KnownMeeting): Promise<boolean> {
    const { id, workspaceId, title, participants, timeZone, startedAt } = meeting;
    const rows = await this.meetings.query<unknown[]>(
      `INSERT INTO nlu.meetings (id, workspace_id, title, participants, time_zone, started_at)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (id) DO UPDATE
         SET title = $3, participants = $4, time_zone = $5, started_at = $6
         WHERE NOT meetings.erased
       RETURNING id`,
      [id, workspaceId, title, JSON.stringify(participants), timeZone, startedAt],
    );
    return rows.length === 1;
  }

  /** Keeps, until the transaction ends, the meeting from being erased. @returns false when it was. */
  async hold(manager: EntityManager, id: string): Promise<boolean> {
    const rows = await manager.query<unknown[]>(
      `SELECT id FROM nlu.meetings WHERE id = $1 AND NOT erased FOR SHARE`,
      [id],
    );
    return rows.length === 1;
  }

  /** Its insights go with it; that it was erased stays, since its events may come again. */
  async erase(workspaceId: string, id: string): Promise<void> {
    await this.meetings.manager.transaction(async (manager) => {
      const rows = await manager.query<unknown[]>(
        `INSERT INTO nlu.meetings (id, workspace_id, title, participants, time_zone, started_at, erased)
         VALUES ($1, $2, '', '[]', 'UTC', 'epoch', true)
         ON CONFLICT (id) DO UPDATE
           SET title = '', participants = '[]', time_zone = 'UTC', started_at = 'epoch', erased = true
           WHERE meetings.workspace_id = $2
         RETURNING id`,
        [id, workspaceId],
      );
      if (rows.length === 1) {
        await manager.query(`DELETE FROM nlu.insights WHERE meeting_id = $1`, [id]);
      }
    });
  }
}
