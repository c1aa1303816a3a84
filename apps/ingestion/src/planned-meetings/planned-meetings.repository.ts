import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { newId, type CalendarCancelled, type CalendarPlanned } from '@parley/contracts';
import { In, MoreThan, Repository, type EntityManager } from 'typeorm';
import { PlannedMeetingEntity } from './planned-meeting.entity';

/** Where a page of the list goes on. */
export interface PlannedCursor {
  startsAt: Date;
  id: string;
}

@Injectable()
export class PlannedMeetingsRepository {
  constructor(
    @InjectRepository(PlannedMeetingEntity)
    private readonly plans: Repository<PlannedMeetingEntity>,
  ) {}

  /** As the feed says now; a later word stands, and what was begun, from whichever feed, is not touched. */
  async plan(workspaceId: string, given: CalendarPlanned): Promise<void> {
    const { feedId, key, revision, title, platform, participants, timeZone } = given;
    await this.plans.query(
      `INSERT INTO ingestion.planned_meetings AS held
         (id, workspace_id, feed_id, key, revision, status, title, platform, participants, time_zone, starts_at, ends_at)
       SELECT $1, $2, $3, $4, $5, 'planned', $6, $7, $8, $9, $10, $11
       WHERE NOT EXISTS (
         SELECT 1 FROM ingestion.planned_meetings other
         WHERE other.workspace_id = $2 AND other.key = $4 AND other.status = 'begun')
       ON CONFLICT (workspace_id, feed_id, key) DO UPDATE SET
         revision = excluded.revision, status = 'planned', title = excluded.title, platform = excluded.platform,
         participants = excluded.participants, time_zone = excluded.time_zone, starts_at = excluded.starts_at,
         ends_at = excluded.ends_at
       WHERE held.status <> 'begun' AND held.revision < excluded.revision`,
      [
        ...[newId(), workspaceId, feedId, key, revision, title, platform],
        ...[JSON.stringify(participants), timeZone, given.startsAt, given.endsAt],
      ],
    );
  }

  /** Remembers that it was cancelled, and nothing of what it was, in case an older word comes later. */
  async cancel(
    workspaceId: string,
    { feedId, key, revision, endsAt }: CalendarCancelled,
  ): Promise<void> {
    await this.plans.query(
      `INSERT INTO ingestion.planned_meetings AS held
         (id, workspace_id, feed_id, key, revision, status, starts_at, ends_at)
       VALUES ($1, $2, $3, $4, $5, 'cancelled', $6, $6)
       ON CONFLICT (workspace_id, feed_id, key) DO UPDATE SET
         revision = excluded.revision, status = 'cancelled', title = '', participants = '[]'
       WHERE held.status <> 'begun' AND held.revision < excluded.revision`,
      [newId(), workspaceId, feedId, key, revision, endsAt],
    );
  }

  find(workspaceId: string, id: string): Promise<PlannedMeetingEntity | null> {
    return this.plans.findOneBy({ workspaceId, id });
  }

  /** Those that are not over, the next first. One that stands in several feeds is that of the feed that told it first. */
  list(workspaceId: string, limit: number, after?: PlannedCursor): Promise<PlannedMeetingEntity[]> {
    const query = this.plans
      .createQueryBuilder('plan')
      .where({ workspaceId, status: 'planned', endsAt: MoreThan(new Date()) })
      .andWhere(
        `NOT EXISTS (SELECT 1 FROM ingestion.planned_meetings other
           WHERE other.workspace_id = plan.workspace_id AND other.key = plan.key
             AND (other.status = 'begun'
               OR (other.status = 'planned' AND other.ends_at > now() AND other.id < plan.id)))`,
      )
      .orderBy('plan.startsAt')
      .addOrderBy('plan.id')
      .take(limit);
    if (after) query.andWhere('(plan.startsAt, plan.id) > (:startsAt, :id)', after);
    return query.getMany();
  }

  /** Holds all of its meeting, from whichever feed, until the transaction ends. */
  holdAll(
    manager: EntityManager,
    { workspaceId, key }: Pick<PlannedMeetingEntity, 'workspaceId' | 'key'>,
  ): Promise<PlannedMeetingEntity[]> {
    return manager.find(PlannedMeetingEntity, {
      where: { workspaceId, key },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
  }

  /** What they say is the meeting's from now on. */
  async begin(manager: EntityManager, ids: readonly string[], meetingId: string): Promise<void> {
    const begun = { status: 'begun' as const, meetingId, title: '', participants: [] };
    await manager.update(PlannedMeetingEntity, { id: In([...ids]) }, begun);
  }

  /** Those that have been over for a day: no word of a calendar comes so late. */
  async removeOver(): Promise<number> {
    const [, count] = await this.plans.query<[unknown, number]>(
      `DELETE FROM ingestion.planned_meetings WHERE ends_at < now() - interval '1 day'`,
    );
    return count;
  }
}
