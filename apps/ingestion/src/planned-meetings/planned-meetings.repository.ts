import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { newId, type CalendarCancelled, type CalendarPlanned } from '@parley/contracts';
import { MoreThan, Repository, type EntityManager } from 'typeorm';
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

  /** As the feed says now; a later word stands, and what was begun is not touched. */
  async plan(workspaceId: string, given: CalendarPlanned): Promise<void> {
    const { feedId, key, revision, title, platform, participants, timeZone } = given;
    await this.plans.query(
      `INSERT INTO ingestion.planned_meetings AS held
         (id, workspace_id, feed_id, key, revision, status, title, platform, participants, time_zone, starts_at, ends_at)
       VALUES ($1, $2, $3, $4, $5, 'planned', $6, $7, $8, $9, $10, $11)
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

  /** Those that are not over, the next first. */
  list(workspaceId: string, limit: number, after?: PlannedCursor): Promise<PlannedMeetingEntity[]> {
    const query = this.plans
      .createQueryBuilder('plan')
      .where({ workspaceId, status: 'planned', endsAt: MoreThan(new Date()) })
      .orderBy('plan.startsAt')
      .addOrderBy('plan.id')
      .take(limit);
    if (after) query.andWhere('(plan.startsAt, plan.id) > (:startsAt, :id)', after);
    return query.getMany();
  }

  /** Holds it until the transaction ends. */
  hold(
    manager: EntityManager,
    workspaceId: string,
    id: string,
  ): Promise<PlannedMeetingEntity | null> {
    return manager.findOne(PlannedMeetingEntity, {
      where: { workspaceId, id },
      lock: { mode: 'pessimistic_write' },
    });
  }

  /** What it says is the meeting's from now on. */
  async begin(manager: EntityManager, id: string, meetingId: string): Promise<void> {
    const begun = { status: 'begun' as const, meetingId, title: '', participants: [] };
    await manager.update(PlannedMeetingEntity, { id }, begun);
  }

  /** Those that have been over for a day: no word of a calendar comes so late. */
  async removeOver(): Promise<number> {
    const [, count] = await this.plans.query<[unknown, number]>(
      `DELETE FROM ingestion.planned_meetings WHERE ends_at < now() - interval '1 day'`,
    );
    return count;
  }
}
