import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository, type EntityManager } from 'typeorm';
import { MeetingEntity } from './meeting.entity';

@Injectable()
export class MeetingsRepository {
  constructor(
    @InjectRepository(MeetingEntity) private readonly meetings: Repository<MeetingEntity>,
  ) {}

  find(workspaceId: string, id: string): Promise<MeetingEntity | null> {
    return this.meetings.findOneBy({ workspaceId, id });
  }

  async upsert(meeting: MeetingEntity): Promise<void> {
    const { id, workspaceId, title, participants, timeZone, startedAt } = meeting;
    await this.meetings.query(
      `INSERT INTO nlu.meetings (id, workspace_id, title, participants, time_zone, started_at)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (id) DO UPDATE
         SET title = $3, participants = $4, time_zone = $5, started_at = $6`,
      [id, workspaceId, title, JSON.stringify(participants), timeZone, startedAt],
    );
  }

  /** Keeps, until the transaction ends, the meeting from being erased. @returns false when it was. */
  async hold(manager: EntityManager, id: string): Promise<boolean> {
    const rows = await manager.query<unknown[]>(
      `SELECT id FROM nlu.meetings WHERE id = $1 FOR SHARE`,
      [id],
    );
    return rows.length === 1;
  }
}
