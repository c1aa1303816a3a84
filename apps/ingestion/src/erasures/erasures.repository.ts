import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, Repository, type EntityManager } from 'typeorm';
import { ErasureReportEntity } from './erasure-report.entity';
import { ErasureEntity } from './erasure.entity';

const ASK_AGAIN_SECONDS = 60;
const LOOK_AFTER_SECONDS = 60;

@Injectable()
export class ErasuresRepository {
  constructor(
    @InjectRepository(ErasureEntity) private readonly erasures: Repository<ErasureEntity>,
    @InjectRepository(ErasureReportEntity)
    private readonly reports: Repository<ErasureReportEntity>,
  ) {}

  /** @returns false when the meeting is being erased already. */
  async insert(manager: EntityManager, erasure: ErasureEntity): Promise<boolean> {
    const insert = manager.createQueryBuilder().insert().into(ErasureEntity);
    const result = await insert.values(erasure).orIgnore().returning('id').execute();
    return (result.raw as unknown[]).length === 1;
  }

  find(workspaceId: string, id: string): Promise<ErasureEntity | null> {
    return this.erasures.findOneBy({ workspaceId, id });
  }

  ofMeeting(meetingId: string): Promise<ErasureEntity | null> {
    return this.erasures.findOneBy({ meetingId });
  }

  /** Newest first; ids are time-ordered, so that the last id of a page is its cursor. */
  list(workspaceId: string, limit: number, beforeId?: string): Promise<ErasureEntity[]> {
    return this.erasures.find({
      where: { workspaceId, ...(beforeId ? { id: LessThan(beforeId) } : {}) },
      order: { id: 'DESC' },
      take: limit,
    });
  }

  /** The same report twice is there once. */
  async report(manager: EntityManager, report: ErasureReportEntity): Promise<void> {
    const insert = manager.createQueryBuilder().insert().into(ErasureReportEntity);
    await insert.values(report).orIgnore().execute();
  }

  reportsOn(erasureId: string): Promise<ErasureReportEntity[]> {
    return this.reports.find({ where: { erasureId }, order: { at: 'ASC' } });
  }

  /** @returns false when it was complete already. */
  async complete(
    id: string,
    to: Pick<ErasureEntity, 'completedAt' | 'receipt' | 'signature'>,
  ): Promise<boolean> {
    const { affected } = await this.erasures
      .createQueryBuilder()
      .update()
      .set(to)
      .where('id = :id AND completed_at IS NULL', { id })
      .execute();
    return affected === 1;
  }

  /** Takes the erasures that a service has not answered for a minute; each is taken by one replica. */
  async takeUnanswered(manager: EntityManager): Promise<ErasureEntity[]> {
    return this.take(manager, 'completed_at IS NULL', ASK_AGAIN_SECONDS);
  }

  /** Takes the erasures that have been complete for a minute and were not looked after. */
  async takeUnattended(manager: EntityManager): Promise<ErasureEntity[]> {
    const unattended = `looked_after_at IS NULL
      AND completed_at < now() - make_interval(secs => ${LOOK_AFTER_SECONDS})`;
    return this.take(manager, unattended, ASK_AGAIN_SECONDS);
  }

  async lookedAfter(id: string): Promise<void> {
    await this.erasures.update({ id }, { lookedAfterAt: new Date() });
  }

  countPending(): Promise<number> {
    return this.erasures.createQueryBuilder().where('completed_at IS NULL').getCount();
  }

  private async take(
    manager: EntityManager,
    which: string,
    restSeconds: number,
  ): Promise<ErasureEntity[]> {
    const [rows] = await manager.query<[{ id: string }[], number]>(
      `UPDATE ingestion.erasures SET asked_at = now() WHERE id IN (
         SELECT id FROM ingestion.erasures
         WHERE ${which} AND asked_at < now() - make_interval(secs => $1)
         ORDER BY asked_at LIMIT 20 FOR UPDATE SKIP LOCKED)
       RETURNING id`,
      [restSeconds],
    );
    return Promise.all(rows.map(({ id }) => manager.findOneByOrFail(ErasureEntity, { id })));
  }
}
