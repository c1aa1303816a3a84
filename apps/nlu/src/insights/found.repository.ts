import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { logEvent } from '@parley/observability';
import { Repository } from 'typeorm';
import { InsightEntity } from './insight.entity';

/** Of longer meetings the first so many segments are looked at, and the log says so. */
const MOST_SEGMENTS = 10_000;

/** What was found in a segment, as far as a look at the whole meeting needs it. */
export type FoundInSegment = Pick<InsightEntity, 'segmentId' | 'startMs' | 'topics' | 'entities'>;
export type NamedInSegment = Pick<InsightEntity, 'segmentId' | 'entities'>;

@Injectable()
export class FoundRepository {
  constructor(
    @InjectRepository(InsightEntity) private readonly insights: Repository<InsightEntity>,
  ) {}

  /** Of all segments of a meeting in the order of speaking, those too in which nothing was found. */
  ofMeeting(meetingId: string): Promise<FoundInSegment[]> {
    return this.first<FoundInSegment>(
      meetingId,
      `SELECT segment_id AS "segmentId", start_ms AS "startMs", topics, entities
         FROM nlu.insights WHERE meeting_id = $1`,
    );
  }

  /** Of the segments that name something, in the order of speaking. */
  namedIn(meetingId: string): Promise<NamedInSegment[]> {
    return this.first<NamedInSegment>(
      meetingId,
      `SELECT segment_id AS "segmentId", entities
         FROM nlu.insights WHERE meeting_id = $1 AND entities <> '[]'`,
    );
  }

  private async first<Row>(meetingId: string, select: string): Promise<Row[]> {
    const rows = await this.insights.query<Row[]>(
      `${select} ORDER BY start_ms, segment_id LIMIT $2`,
      [meetingId, MOST_SEGMENTS + 1],
    );
    if (rows.length > MOST_SEGMENTS) logEvent('insights.cut', { meetingId, lines: MOST_SEGMENTS });
    return rows.slice(0, MOST_SEGMENTS);
  }
}
