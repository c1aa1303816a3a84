import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Segment } from '@parley/contracts';
import { MoreThanOrEqual, Repository, type EntityManager } from 'typeorm';
import type { InsightCursor } from './insight-cursor';
import { InsightEntity } from './insight.entity';

const REPLACED = [
  'revision',
  'start_ms',
  'intent',
  'confidence',
  'entities',
  'sentiment',
  'topics',
  'engine',
  'degraded',
];

@Injectable()
export class InsightsRepository {
  constructor(
    @InjectRepository(InsightEntity) private readonly insights: Repository<InsightEntity>,
  ) {}

  /**
   * Stores the insight, or replaces that of an earlier revision of its segment.
   * @returns the id it is stored under; null when this revision or a later one is there already.
   */
  async put(manager: EntityManager, insight: InsightEntity): Promise<string | null> {
    const result = await manager
      .createQueryBuilder()
      .insert()
      .into(InsightEntity)
      .values(insight)
      .orUpdate(REPLACED, ['segment_id'], {
        overwriteCondition: { where: 'insights.revision < EXCLUDED.revision' },
      })
      .returning('id')
      .execute();
    return (result.raw as { id: string }[])[0]?.id ?? null;
  }

  /** Whether this revision of the segment, or a later one, was understood before. */
  knows({ id, revision }: Pick<Segment, 'id' | 'revision'>): Promise<boolean> {
    return this.insights.existsBy({ segmentId: id, revision: MoreThanOrEqual(revision) });
  }

  /** In the order of speaking. */
  list(meetingId: string, limit: number, after: InsightCursor | null): Promise<InsightEntity[]> {
    const query = this.insights
      .createQueryBuilder('insight')
      .where('insight.meetingId = :meetingId', { meetingId });
    if (after) {
      query.andWhere('(insight.startMs, insight.segmentId) > (:startMs, :segmentId)', after);
    }
    return query.orderBy('insight.startMs').addOrderBy('insight.segmentId').take(limit).getMany();
  }
}
