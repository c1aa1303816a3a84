import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { logEvent } from '@parley/observability';
import { Repository } from 'typeorm';
import { InsightEntity } from '../insights/insight.entity';
import type { SpokenLine } from './meeting-topics';
import { toTopicLine } from './topic-line';

/** Of longer meetings the first so many segments are looked at, and the log says so. */
const MOST_SEGMENTS = 10_000;

type Row = Pick<InsightEntity, 'segmentId' | 'startMs' | 'topics' | 'entities'>;

@Injectable()
export class SpokenLinesRepository {
  constructor(
    @InjectRepository(InsightEntity) private readonly insights: Repository<InsightEntity>,
  ) {}

  /** All segments of a meeting in the order of speaking, those too that say nothing of what they are about. */
  async ofMeeting(meetingId: string): Promise<SpokenLine[]> {
    const rows = await this.insights.query<Row[]>(
      `SELECT segment_id AS "segmentId", start_ms AS "startMs", topics, entities
         FROM nlu.insights WHERE meeting_id = $1
        ORDER BY start_ms, segment_id LIMIT $2`,
      [meetingId, MOST_SEGMENTS + 1],
    );
    if (rows.length > MOST_SEGMENTS) logEvent('topics.cut', { meetingId, lines: MOST_SEGMENTS });
    return rows
      .slice(0, MOST_SEGMENTS)
      .map(({ segmentId, startMs, ...known }) => ({ segmentId, startMs, ...toTopicLine(known) }));
  }
}
