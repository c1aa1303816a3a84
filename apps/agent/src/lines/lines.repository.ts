import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Insight, Segment } from '@parley/contracts';
import { type EntityManager, In, LessThan, Repository, MoreThanOrEqual } from 'typeorm';
import type { SpokenLine } from '../planning/draft';
import { LineEntity } from './line.entity';

/** Longer meetings are summarised by their first so many lines, and the log says so. */
export const MOST_LINES = 5_000;

@Injectable()
export class LinesRepository {
  constructor(@InjectRepository(LineEntity) private readonly lines: Repository<LineEntity>) {}

  /**
   * Keeps the highest revision; the same one twice changes nothing.
   * @returns whether an earlier revision was there.
   */
  async save(
    manager: EntityManager,
    workspaceId: string,
    segment: Segment,
    insight: Insight,
  ): Promise<boolean> {
    const rows = await manager.query<{ replaced: boolean }[]>(
      `INSERT INTO agent.lines
         (segment_id, meeting_id, workspace_id, channel, start_ms, revision, segment, insight)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (segment_id) DO UPDATE SET start_ms = $5, revision = $6, segment = $7, insight = $8
       WHERE agent.lines.revision < $6
       RETURNING xmax <> 0 AS replaced`,
      [
        segment.id,
        segment.meetingId,
        workspaceId,
        segment.channel,
        segment.startMs,
        segment.revision,
        JSON.stringify(segment),
        JSON.stringify(insight),
      ],
    );
    return rows[0]?.replaced ?? false;
  }

  /** Whether the line is kept, in this or a later revision. */
  has({ id, revision }: Segment): Promise<boolean> {
    return this.lines.existsBy({ segmentId: id, revision: MoreThanOrEqual(revision) });
  }

  async all(meetingId: string): Promise<SpokenLine[]> {
    const rows = await this.lines.find({
      where: { meetingId },
      order: { startMs: 'ASC' },
      take: MOST_LINES,
    });
    return rows.map(toLine);
  }

  /** The lines spoken just before `startMs`, oldest first. */
  async before(meetingId: string, startMs: number, limit: number): Promise<SpokenLine[]> {
    const rows = await this.lines.find({
      where: { meetingId, startMs: LessThan(startMs) },
      order: { startMs: 'DESC' },
      take: limit,
    });
    return rows.reverse().map(toLine);
  }

  /** The words of each segment of a meeting, by its id. */
  async texts(meetingId: string): Promise<Map<string, string>> {
    const lines = await this.all(meetingId);
    return new Map(lines.map(({ segment }) => [segment.id, segment.text]));
  }

  /** Those of the meeting's lines that have these ids, as they were spoken. */
  async withIds(meetingId: string, segmentIds: string[]): Promise<SpokenLine[]> {
    const rows = await this.lines.find({
      where: { meetingId, segmentId: In(segmentIds) },
      order: { startMs: 'ASC' },
    });
    return rows.map(toLine);
  }

  count(meetingId: string): Promise<number> {
    return this.lines.countBy({ meetingId });
  }
}

function toLine({ segment, insight }: LineEntity): SpokenLine {
  return { segment, insight };
}
