import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Segment } from '@parley/contracts';
import { Repository, type EntityManager } from 'typeorm';
import type { SpokenSegment } from '../chunking/turns';
import { MeetingEntity } from './meeting.entity';

@Injectable()
export class MeetingsRepository {
  constructor(
    @InjectRepository(MeetingEntity) private readonly meetings: Repository<MeetingEntity>,
  ) {}

  /** Events come in any order: whichever is first makes the row. */
  async started(id: string, workspaceId: string, title: string, startedAt: string): Promise<void> {
    await this.meetings.query(
      `INSERT INTO rag.meetings (id, workspace_id, title, started_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (id) DO UPDATE
         SET title = $3, started_at = $4, revision = meetings.revision + 1
         WHERE meetings.workspace_id = $2
           AND (meetings.title, meetings.started_at) IS DISTINCT FROM ($3, $4::timestamptz)`,
      [id, workspaceId, title, startedAt],
    );
  }

  async ended(id: string, workspaceId: string, endedAt: string): Promise<void> {
    await this.meetings.query(
      `INSERT INTO rag.meetings (id, workspace_id, ended_at) VALUES ($1, $2, $3)
       ON CONFLICT (id) DO UPDATE SET ended_at = $3
         WHERE meetings.workspace_id = $2`,
      [id, workspaceId, endedAt],
    );
  }

  /** Keeps the highest revision of a segment. @returns whether it was kept. */
  async keep(segment: Segment, workspaceId: string): Promise<boolean> {
    const { id, meetingId, revision, speaker, startMs, endMs, text } = segment;
    return this.meetings.manager.transaction(async (manager) => {
      const [meeting] = await manager.query<{ mine: boolean }[]>(
        `INSERT INTO rag.meetings (id, workspace_id) VALUES ($1, $2)
         ON CONFLICT (id) DO UPDATE SET id = $1
         RETURNING workspace_id = $2 AS mine`,
        [meetingId, workspaceId],
      );
      if (!meeting?.mine) return false;
      const kept = await manager.query<unknown[]>(
        `INSERT INTO rag.segments (id, meeting_id, revision, speaker, start_ms, end_ms, text)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (id) DO UPDATE
           SET revision = $3, speaker = $4, start_ms = $5, end_ms = $6, text = $7
           WHERE segments.revision < $3 AND segments.meeting_id = $2
         RETURNING id`,
        [id, meetingId, revision, speaker?.name ?? null, startMs, endMs, text],
      );
      if (kept.length === 0) return false;
      await manager.query(`UPDATE rag.meetings SET revision = revision + 1 WHERE id = $1`, [
        meetingId,
      ]);
      return true;
    });
  }

  /** A meeting that has ended, and whose last changes cannot be found yet. */
  nextToIndex(): Promise<MeetingEntity | null> {
    return this.meetings
      .createQueryBuilder('meeting')
      .where('meeting.endedAt IS NOT NULL')
      .andWhere('meeting.indexedRevision IS DISTINCT FROM meeting.revision')
      .orderBy('meeting.endedAt')
      .limit(1)
      .getOne();
  }

  /** Keeps, until the transaction ends, the meeting from being changed. @returns null when it was erased. */
  async hold(manager: EntityManager, id: string): Promise<{ revision: number } | null> {
    const [row] = await manager.query<{ revision: number }[]>(
      `SELECT revision FROM rag.meetings WHERE id = $1 FOR UPDATE`,
      [id],
    );
    return row ?? null;
  }

  async indexed(
    manager: EntityManager,
    id: string,
    counts: { revision: number; chunks: number; words: number },
  ): Promise<void> {
    await manager.query(
      `UPDATE rag.meetings SET indexed_revision = $2, chunk_count = $3, word_count = $4 WHERE id = $1`,
      [id, counts.revision, counts.chunks, counts.words],
    );
  }

  /** In the order spoken. */
  segments(manager: EntityManager, meetingId: string): Promise<SpokenSegment[]> {
    return manager.query(
      `SELECT id, speaker, text, start_ms AS "startMs", end_ms AS "endMs"
       FROM rag.segments WHERE meeting_id = $1 ORDER BY start_ms, id`,
      [meetingId],
    );
  }
}
