import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { CoverageSpan } from '@parley/contracts';
import { Repository } from 'typeorm';
import { CoverageSpanEntity } from './coverage-span.entity';

@Injectable()
export class CoverageRepository {
  constructor(
    @InjectRepository(CoverageSpanEntity) private readonly spans: Repository<CoverageSpanEntity>,
  ) {}

  /** Adding the same spans twice changes nothing. */
  async add(meetingId: string, channel: string, spans: CoverageSpan[]): Promise<void> {
    const rows = spans
      .filter(({ startMs, endMs }) => endMs > startMs)
      .map((span) => ({ meetingId, channel, rule: null, ...span }));
    if (rows.length === 0) return;
    await this.spans.createQueryBuilder().insert().values(rows).orIgnore().execute();
  }

  of(meetingId: string): Promise<CoverageSpanEntity[]> {
    return this.spans.find({ where: { meetingId }, order: { channel: 'ASC', startMs: 'ASC' } });
  }
}
