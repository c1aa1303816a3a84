import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type {
  Delivery,
  HearingTimes,
  Insight,
  Segment,
  Suggestion,
  TimelineType,
} from '@parley/contracts';
import { Repository } from 'typeorm';
import { TimelineEntryEntity } from '../timeline/timeline-entry.entity';

interface Row<Type extends TimelineType, Data> {
  type: Type;
  at: Date;
  addedAt: Date | null;
  traceId: string | null;
  times: HearingTimes | null;
  data: Data;
}

/** An entry of a timeline that has to do with one segment. */
export type TracedEntry =
  | Row<'segment.final' | 'segment.revised', Segment>
  | Row<'insight', Insight>
  | Row<'suggestion' | 'suggestion.decided', Suggestion>
  | Row<'delivery', Delivery>;

/** More than this comes of one line only when something is wrong. */
const MOST_ENTRIES = 500;

@Injectable()
export class TracesRepository {
  constructor(
    @InjectRepository(TimelineEntryEntity)
    private readonly entries: Repository<TimelineEntryEntity>,
  ) {}

  /** In the order in which viewers saw them. A suggestion has to do with each segment that it cites. */
  about(meetingId: string, segmentId: string): Promise<TracedEntry[]> {
    const cites = JSON.stringify([{ type: 'segment', id: segmentId }]);
    return this.entries.query<TracedEntry[]>(
      `WITH citing AS (
         SELECT DISTINCT data->>'id' AS id FROM ingestion.timeline_entries
         WHERE meeting_id = $1 AND type = 'suggestion' AND data->'citations' @> $3::jsonb)
       SELECT type, at, added_at AS "addedAt", trace_id AS "traceId", times, data
       FROM ingestion.timeline_entries
       WHERE meeting_id = $1 AND (
         type IN ('segment.final', 'segment.revised') AND data->>'id' = $2
         OR type = 'insight' AND data->>'segmentId' = $2
         OR type IN ('suggestion', 'suggestion.decided') AND data->>'id' IN (SELECT id FROM citing)
         OR type = 'delivery' AND data->>'suggestionId' IN (SELECT id FROM citing))
       ORDER BY cursor LIMIT ${String(MOST_ENTRIES)}`,
      [meetingId, segmentId, cites],
    );
  }
}
