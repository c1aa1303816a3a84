import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, Repository } from 'typeorm';
import { SummaryEntity } from './summary.entity';

@Injectable()
export class SummariesRepository {
  constructor(
    @InjectRepository(SummaryEntity) private readonly summaries: Repository<SummaryEntity>,
  ) {}

  latest(meetingId: string): Promise<SummaryEntity | null> {
    return this.summaries.findOne({ where: { meetingId }, order: { version: 'DESC' } });
  }

  async nextVersion(manager: EntityManager, meetingId: string): Promise<number> {
    return ((await manager.maximum(SummaryEntity, 'version', { meetingId })) ?? 0) + 1;
  }

  async insert(manager: EntityManager, summary: SummaryEntity): Promise<void> {
    await manager.insert(SummaryEntity, summary);
  }
}
