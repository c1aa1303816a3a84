import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { TimelineEntryEntity } from '../timeline/timeline-entry.entity';

/** More meetings than this are not counted: the newest are. */
const MOST_MEETINGS = 1_000;

export interface Period {
  workspaceId: string;
  /** First and last day, `YYYY-MM-DD`. */
  from: string;
  to: string;
  timeZone: string;
}

export interface HeldMeeting {
  id: string;
  title: string;
  startedAt: Date;
  /** The Monday before, `YYYY-MM-DD`. */
  week: string;
  questions: number;
  decisions: number;
  tasks: number;
  /** How many there are in the period altogether. */
  all: number;
}

export interface SpokenShare {
  meetingId: string;
  name: string | null;
  spokenMs: number;
}

@Injectable()
export class TrendsRepository {
  constructor(
    @InjectRepository(TimelineEntryEntity)
    private readonly entries: Repository<TimelineEntryEntity>,
  ) {}

  /** Whether the database knows the time zone, too: its list is not that of Node.js. */
  async knowsZone(timeZone: string): Promise<boolean> {
    const rows = await this.entries.query<unknown[]>(
      `SELECT 1 FROM pg_timezone_names WHERE lower(name) = lower($1) LIMIT 1`,
      [timeZone],
    );
    return rows.length > 0;
  }

  /** Newest first, with what was found in each: by the latest word on each line, and the newest summary. */
  meetings({ workspaceId, from, to, timeZone }: Period): Promise<HeldMeeting[]> {
    return this.entries.query<HeldMeeting[]>(
      `WITH held AS (
         SELECT id, title, started_at, count(*) OVER ()::int AS all
         FROM ingestion.meetings
         WHERE workspace_id = $1
           AND started_at >= $2::date::timestamp AT TIME ZONE $4
           AND started_at < ($3::date + 1)::timestamp AT TIME ZONE $4
         ORDER BY started_at DESC, id DESC LIMIT ${String(MOST_MEETINGS)}),
       understood AS (
         SELECT DISTINCT ON (meeting_id, data->>'segmentId') meeting_id, data->>'intent' AS intent
         FROM ingestion.timeline_entries JOIN held ON held.id = meeting_id
         WHERE type = 'insight'
         ORDER BY meeting_id, data->>'segmentId', cursor DESC),
       asked AS (
         SELECT meeting_id, count(*)::int AS questions FROM understood
         WHERE intent = 'question' GROUP BY meeting_id),
       summed AS (
         SELECT DISTINCT ON (meeting_id) meeting_id, data->'sections' AS sections
         FROM ingestion.timeline_entries JOIN held ON held.id = meeting_id
         WHERE type = 'summary'
         ORDER BY meeting_id, (data->>'version')::integer DESC, cursor DESC)
       SELECT held.id, held.title, held.started_at AS "startedAt", held.all,
         to_char(date_trunc('week', held.started_at AT TIME ZONE $4), 'YYYY-MM-DD') AS week,
         coalesce(asked.questions, 0) AS questions,
         coalesce(jsonb_array_length(summed.sections->'decisions'), 0) AS decisions,
         coalesce(jsonb_array_length(summed.sections->'tasks'), 0) AS tasks
       FROM held
       LEFT JOIN asked ON asked.meeting_id = held.id
       LEFT JOIN summed ON summed.meeting_id = held.id
       ORDER BY held.started_at DESC, held.id DESC`,
      [workspaceId, from, to, timeZone],
    );
  }

  /** How long each spoke, by the latest revision of each line. */
  spoken(meetingIds: readonly string[]): Promise<SpokenShare[]> {
    return this.entries.query<SpokenShare[]>(
      `WITH lines AS (
         SELECT DISTINCT ON (meeting_id, data->>'id') meeting_id,
           data->'speaker'->>'name' AS name,
           greatest((data->>'endMs')::integer - (data->>'startMs')::integer, 0) AS ms
         FROM ingestion.timeline_entries
         WHERE meeting_id = ANY($1) AND type IN ('segment.final', 'segment.revised')
         ORDER BY meeting_id, data->>'id', (data->>'revision')::integer DESC, cursor DESC)
       SELECT meeting_id AS "meetingId", name, sum(ms)::float8 AS "spokenMs"
       FROM lines GROUP BY meeting_id, name
       ORDER BY meeting_id, sum(ms) DESC, name`,
      [meetingIds],
    );
  }
}
