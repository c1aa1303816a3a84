import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { lockByName } from '@parley/database';
import { type EntityManager, LessThan, Repository } from 'typeorm';
import { SummaryEntity } from './summary.entity';

@Injectable()
export class SummariesRepository {
  constructor(
    @InjectRepository(SummaryEntity) private readonly summaries: Repository<SummaryEntity>,
  ) {}

  latest(meetingId: string): Promise<SummaryEntity | null> {
    return this.summaries.findOne({ where: { meetingId }, order: { version: 'DESC' } });
  }

  /** How many lines the newest version that was not made by a person was made of. */
  async linesSummedUp(meetingId: string): Promise<number> {
    return (await this.summaries.maximum('lines', { meetingId })) ?? 0;
  }

  /** Newest first, before the version `before` if one is given. */
  versions(
    workspaceId: string,
    meetingId: string,
    limit: number,
    before?: number,
  ): Promise<SummaryEntity[]> {
    return this.summaries.find({
      where: { workspaceId, meetingId, ...(before ? { version: LessThan(before) } : {}) },
      order: { version: 'DESC' },
      take: limit,
    });
  }

  /** The latest version; nobody else writes one until the transaction ends. */
  async lockLatest(manager: EntityManager, meetingId: string): Promise<SummaryEntity | null> {
    await lockByName(manager, `summary ${meetingId}`);
    return manager.findOne(SummaryEntity, { where: { meetingId }, order: { version: 'DESC' } });
  }

  async insert(manager: EntityManager, summary: SummaryEntity): Promise<void> {
    await manager.insert(SummaryEntity, summary);
  }
}
