import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { CoverageSpan } from '@parley/contracts';
import { Repository } from 'typeorm';
import { CoverageMetrics } from './coverage.metrics';
import { CoverageSpanEntity } from './coverage-span.entity';

@Injectable()
export class CoverageRepository {
  constructor(
    @InjectRepository(CoverageSpanEntity) private readonly spans: Repository<CoverageSpanEntity>,
    @Inject(CoverageMetrics) private readonly metrics: CoverageMetrics,
  ) {}

  /** Adding the same spans twice changes nothing. */
  async add(meetingId: string, channel: string, spans: CoverageSpan[]): Promise<void> {
    const rows = spans
      .filter(({ startMs, endMs }) => endMs > startMs)
      .map((span) => ({ meetingId, channel, rule: null, ...span }));
    if (rows.length === 0) return;
    const insert = this.spans.createQueryBuilder().insert().values(rows).orIgnore();
    const result = await insert.returning(['channel', 'startMs', 'endMs', 'state']).execute();
    const added = result.raw as { start_ms: number; end_ms: number; state: CoverageSpan['state'] }[];
    this.metrics.covered(
      added.map(({ start_ms: startMs, end_ms: endMs, state }) => ({ startMs, endMs, state })),
    );
  }

  /** How much of a channel is in this state. Unit: milliseconds. */
  async lengthOf(
    meetingId: string,
    channel: string,
    state: CoverageSpan['state'],
  ): Promise<number> {
    const spans = await this.spans.findBy({ meetingId, channel, state });
    return spans.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  }

  of(meetingId: string): Promise<CoverageSpanEntity[]> {
    return this.spans.find({ where: { meetingId }, order: { channel: 'ASC', startMs: 'ASC' } });
  }
}
