import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository, type EntityManager } from 'typeorm';
import { ReductionEntity } from './reduction.entity';

const AGAIN_SECONDS = 60;
const BATCH = 20;

type Known = Pick<ReductionEntity, 'meetingId' | 'workspaceId'>;

@Injectable()
export class ReductionsRepository {
  constructor(
    @InjectRepository(ReductionEntity) private readonly reductions: Repository<ReductionEntity>,
  ) {}

  /**
   * Begins with a meeting that is notes-only and has ended.
   * @param onceHeard only if asr is done with every channel
   * @returns it, or null when there is none or it was begun.
   */
  async begin(
    manager: EntityManager,
    meetingId: string,
    onceHeard: boolean,
  ): Promise<Known | null> {
    const rows = await manager.query<Known[]>(
      `INSERT INTO ingestion.reductions (meeting_id, workspace_id)
       SELECT id, workspace_id FROM ingestion.meetings
       WHERE id = $1 AND notes_only AND status = 'ended'
         ${onceHeard ? 'AND NOT EXISTS (SELECT 1 FROM ingestion.channels WHERE meeting_id = $1 AND NOT completed)' : ''}
       ON CONFLICT DO NOTHING RETURNING meeting_id AS "meetingId", workspace_id AS "workspaceId"`,
      [meetingId],
    );
    return rows[0] ?? null;
  }

  /** Ended meetings that are notes-only, and whose words nobody has begun to take away for so long. */
  async overdue(afterSeconds: number): Promise<string[]> {
    const rows = await this.reductions.query<{ id: string }[]>(
      `SELECT id FROM ingestion.meetings meeting
       WHERE notes_only AND status = 'ended' AND ended_at < now() - make_interval(secs => $1)
         AND NOT EXISTS (
           SELECT 1 FROM ingestion.reductions WHERE meeting_id = meeting.id)
       ORDER BY ended_at LIMIT ${BATCH}`,
      [afterSeconds],
    );
    return rows.map(({ id }) => id);
  }

  /** @returns who has answered by now, or null when the meeting is not known. */
  async answered(
    manager: EntityManager,
    meetingId: string,
    service: string,
  ): Promise<string[] | null> {
    const [rows] = await manager.query<[{ services: string[] }[], number]>(
      `UPDATE ingestion.reductions
       SET services = CASE WHEN $2 = ANY(services) THEN services ELSE services || $2::text END
       WHERE meeting_id = $1 RETURNING services`,
      [meetingId, service],
    );
    return rows[0]?.services ?? null;
  }

  async complete(meetingId: string): Promise<void> {
    await this.reductions.query(
      `UPDATE ingestion.reductions SET completed_at = now(), asked_at = now()
       WHERE meeting_id = $1 AND completed_at IS NULL`,
      [meetingId],
    );
  }

  /** Takes those that a service has not answered for a minute; each is taken by one replica. */
  takeUnanswered(manager: EntityManager): Promise<Known[]> {
    return this.take(manager, 'completed_at IS NULL');
  }

  /** Takes those that have been complete for a minute and were not looked after. */
  takeUnattended(manager: EntityManager): Promise<Known[]> {
    return this.take(manager, 'completed_at IS NOT NULL AND looked_after_at IS NULL');
  }

  async lookedAfter(meetingId: string): Promise<void> {
    await this.reductions.update({ meetingId }, { lookedAfterAt: new Date() });
  }

  private async take(manager: EntityManager, which: string): Promise<Known[]> {
    const [rows] = await manager.query<[Known[], number]>(
      `UPDATE ingestion.reductions SET asked_at = now() WHERE meeting_id IN (
         SELECT meeting_id FROM ingestion.reductions
         WHERE ${which} AND asked_at < now() - make_interval(secs => ${AGAIN_SECONDS})
         ORDER BY asked_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
       RETURNING meeting_id AS "meetingId", workspace_id AS "workspaceId"`,
    );
    return rows;
  }
}
