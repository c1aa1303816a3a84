import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { logEvent } from '@parley/observability';
import { Repository } from 'typeorm';
import { InsightEntity } from '../insights/insight.entity';
import type { Named } from './link-entities';

/** Of longer meetings the first so many segments that name something are linked, and the log says so. */
const MOST_SEGMENTS = 10_000;

@Injectable()
export class NamedRepository {
  constructor(
    @InjectRepository(InsightEntity) private readonly insights: Repository<InsightEntity>,
  ) {}

  /** What a meeting's segments name, in the order of speaking; of those only that name something. */
  async ofMeeting(meetingId: string): Promise<Named[]> {
    const rows = await this.insights.query<Named[]>(
      `SELECT segment_id AS "segmentId", entities FROM nlu.insights
        WHERE meeting_id = $1 AND entities <> '[]'
        ORDER BY start_ms, segment_id LIMIT $2`,
      [meetingId, MOST_SEGMENTS + 1],
    );
    if (rows.length > MOST_SEGMENTS) logEvent('entities.cut', { meetingId, lines: MOST_SEGMENTS });
    return rows.slice(0, MOST_SEGMENTS);
  }
}
