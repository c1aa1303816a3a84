import { Inject, Injectable } from '@nestjs/common';
import type { Segment } from '@parley/contracts';
import { DataSource } from 'typeorm';
import type { CarriedOn } from './spoken-before';

/** What utterances leave to those after them, kept as long as their words: a line put right later is read anew, after the same ones. */
@Injectable()
export class CarriedRepository {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  /** Stores it, or replaces that of an earlier revision of its segment. */
  async put(
    { id, meetingId, revision, startMs }: Segment,
    workspaceId: string,
    carries: CarriedOn,
  ): Promise<void> {
    await this.database.query(
      `INSERT INTO nlu.carried AS known
         (segment_id, workspace_id, meeting_id, revision, start_ms, carries)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (segment_id) DO UPDATE SET revision = $4, start_ms = $5, carries = $6
         WHERE known.revision < $4`,
      [id, workspaceId, meetingId, revision, startMs, JSON.stringify(carries)],
    );
  }

  /** What the utterances before a segment left, the latest first. */
  async before(
    { meetingId, startMs, id }: Pick<Segment, 'meetingId' | 'startMs' | 'id'>,
    limit: number,
  ): Promise<unknown[]> {
    const rows: { carries: unknown }[] = await this.database.query(
      `SELECT carries FROM nlu.carried
        WHERE meeting_id = $1 AND (start_ms, segment_id) < ($2, $3)
        ORDER BY start_ms DESC, segment_id DESC LIMIT $4`,
      [meetingId, startMs, id, limit],
    );
    return rows.map(({ carries }) => carries);
  }
}
