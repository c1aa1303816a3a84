import { Injectable } from '@nestjs/common';
import type { PrivacyMode } from '@parley/contracts';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, type EntityManager, Repository } from 'typeorm';
import { MeetingEntity } from './meeting.entity';

export interface WorkspaceWants {
  redacts: boolean;
  redactsNames: boolean;
  privacyMode: PrivacyMode;
  vocabulary: string[];
}

@Injectable()
export class MeetingsRepository {
  constructor(
    @InjectRepository(MeetingEntity) private readonly meetings: Repository<MeetingEntity>,
  ) {}

  async insert(manager: EntityManager, meeting: MeetingEntity): Promise<void> {
    await manager.insert(MeetingEntity, meeting);
  }

  find(workspaceId: string, id: string): Promise<MeetingEntity | null> {
    return this.meetings.findOneBy({ workspaceId, id });
  }

  /** Since when nothing that was said is kept of a meeting that is notes-only; null as long as something is. */
  async wordsErasedAt(id: string): Promise<Date | null> {
    const rows = await this.meetings.query<{ at: Date }[]>(
      `SELECT completed_at AS at FROM ingestion.reductions
       WHERE meeting_id = $1 AND completed_at IS NOT NULL`,
      [id],
    );
    return rows[0]?.at ?? null;
  }

  /** What the workspace wants of its meetings. One that nobody made has said nothing. */
  async workspaceWants(workspaceId: string): Promise<WorkspaceWants> {
    const rows = await this.meetings.query<WorkspaceWants[]>(
      `SELECT redact_personal_data AS redacts, redact_names AS "redactsNames", privacy_mode AS "privacyMode", vocabulary
       FROM ingestion.workspaces WHERE id = $1`,
      [workspaceId],
    );
    const nothing = { redacts: false, redactsNames: false } as const;
    return rows[0] ?? { ...nothing, privacyMode: 'transcript', vocabulary: [] };
  }

  countLive(): Promise<number> {
    return this.meetings.countBy({ status: 'live' });
  }

  /** Newest first; ids are time-ordered, so that the last id of a page is its cursor. */
  list(workspaceId: string, limit: number, beforeId?: string): Promise<MeetingEntity[]> {
    return this.meetings.find({
      where: { workspaceId, ...(beforeId ? { id: LessThan(beforeId) } : {}) },
      order: { id: 'DESC' },
      take: limit,
    });
  }

  /** @returns whether this call ended it. */
  async end(manager: EntityManager, id: string, endedAt: Date): Promise<boolean> {
    const result = await manager.update(
      MeetingEntity,
      { id, status: 'live' },
      { status: 'ended', endedAt },
    );
    return result.affected === 1;
  }

  /**
   * Holds, until the transaction ends, the oldest meetings that were made before this id; others skip them.
   * @param withAudio also those of which there is audio
   */
  takeOlderThan(
    manager: EntityManager,
    beforeId: string,
    limit: number,
    withAudio: boolean,
  ): Promise<Pick<MeetingEntity, 'id' | 'workspaceId'>[]> {
    return manager.query(
      `SELECT id, workspace_id AS "workspaceId" FROM ingestion.meetings
       WHERE id < $1 AND ($3 OR NOT ingestion.has_audio(id))
       ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED`,
      [beforeId, limit, withAudio],
    );
  }

  /** Holds, until the transaction ends, ended meetings of which nothing was ever on the record. */
  takeUnrecorded(
    manager: EntityManager,
    limit: number,
  ): Promise<Pick<MeetingEntity, 'id' | 'workspaceId'>[]> {
    return manager.query(
      `SELECT id, workspace_id AS "workspaceId" FROM ingestion.meetings
       WHERE NOT recorded AND status = 'ended' ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED`,
      [limit],
    );
  }
}
