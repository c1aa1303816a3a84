import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Envelope } from '@parley/contracts';
import { type EntityManager, Repository } from 'typeorm';
import { MOST_LINES } from '../lines/lines.repository';
import { MeetingEntity } from './meeting.entity';

/** Of the meeting `m`: channels that are not drained, or of which fewer final segments are here than there are. */
const AWAITED = `
  SELECT wanted.channel FROM jsonb_array_elements_text(m.channels) AS wanted(channel)
  LEFT JOIN agent.completed_channels c ON c.meeting_id = m.id AND c.channel = wanted.channel
  WHERE c.finals IS NULL OR c.finals > (
    SELECT count(*) FROM agent.lines l WHERE l.meeting_id = m.id AND l.channel = wanted.channel)`;

@Injectable()
export class MeetingsRepository {
  constructor(
    @InjectRepository(MeetingEntity) private readonly meetings: Repository<MeetingEntity>,
  ) {}

  find(id: string): Promise<MeetingEntity | null> {
    return this.meetings.findOneBy({ id });
  }

  /** The workspace's newest meetings, running or ended. */
  latest(workspaceId: string, limit: number): Promise<MeetingEntity[]> {
    return this.meetings.find({ where: { workspaceId }, order: { id: 'DESC' }, take: limit });
  }

  /** Events come in any order: whichever is first makes the row. */
  async started(id: string, event: Envelope<'meeting.started'>): Promise<void> {
    const { title, participants, timeZone, privacyMode } = event.data;
    await this.meetings.query(
      `INSERT INTO agent.meetings AS known
         (id, workspace_id, title, participants, time_zone, notes_only)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (id) DO UPDATE SET title = $3, participants = $4, time_zone = $5,
         notes_only = known.notes_only OR $6`,
      [
        id,
        event.workspaceId,
        title,
        JSON.stringify(participants),
        timeZone,
        privacyMode === 'notes-only',
      ],
    );
  }

  /** Once notes-only, always: its words were promised not to be kept. */
  async becameNotesOnly(id: string, workspaceId: string): Promise<void> {
    await this.meetings.query(
      `INSERT INTO agent.meetings (id, workspace_id, notes_only) VALUES ($1, $2, true)
       ON CONFLICT (id) DO UPDATE SET notes_only = true`,
      [id, workspaceId],
    );
  }

  async ended(id: string, event: Envelope<'meeting.ended'>): Promise<void> {
    const { endedAt, channels } = event.data;
    await this.meetings.query(
      `INSERT INTO agent.meetings (id, workspace_id, ended_at, channels) VALUES ($1, $2, $3, $4)
       ON CONFLICT (id) DO UPDATE SET ended_at = $3, channels = $4`,
      [id, event.workspaceId, endedAt, JSON.stringify(channels)],
    );
  }

  async completed(id: string, channel: string, finals: number): Promise<void> {
    await this.meetings.query(
      `INSERT INTO agent.completed_channels (meeting_id, channel, finals) VALUES ($1, $2, $3)
       ON CONFLICT DO NOTHING`,
      [id, channel, finals],
    );
  }

  /** Ended, every channel drained, every final segment here, and not all of it summed up yet. */
  async isComplete(id: string): Promise<boolean> {
    const [row] = await this.meetings.query<unknown[]>(
      `SELECT 1 FROM agent.meetings m WHERE m.id = $1 AND m.ended_at IS NOT NULL
         AND (m.awaits_words OR coalesce(m.summarised_lines, -1) <
           (SELECT least(count(*), $2) FROM agent.lines l WHERE l.meeting_id = m.id))
         AND NOT EXISTS (${AWAITED})`,
      [id, MOST_LINES],
    );
    return row !== undefined;
  }

  /** Channels of an ended meeting of which not all the words have come. */
  async awaitedChannels(id: string): Promise<string[]> {
    const rows = await this.meetings.query<{ channel: string }[]>(
      `SELECT awaited.channel FROM agent.meetings m, LATERAL (${AWAITED}) awaited
       WHERE m.id = $1 ORDER BY awaited.channel`,
      [id],
    );
    return rows.map(({ channel }) => channel);
  }

  /** Ended meetings of which nothing has come for so long: they are summarised with what is there. */
  async overdue(afterSeconds: number): Promise<string[]> {
    const rows = await this.meetings.query<{ id: string }[]>(
      `SELECT id FROM agent.meetings m WHERE ended_at < now() - make_interval(secs => $1)
         AND summarised_at IS NULL AND NOT EXISTS (
           SELECT 1 FROM agent.lines l
           WHERE l.meeting_id = m.id AND l.saved_at > now() - make_interval(secs => $1))
       LIMIT 20`,
      [afterSeconds],
    );
    return rows.map(({ id }) => id);
  }

  /** Whether no final summary has been written; none is as long as the transaction lasts. */
  async isUnsummarised(manager: EntityManager, id: string): Promise<boolean> {
    const rows = await manager.query<unknown[]>(
      `SELECT 1 FROM agent.meetings WHERE id = $1 AND summarised_at IS NULL FOR UPDATE`,
      [id],
    );
    return rows.length === 1;
  }

  /** A line that was there before says something else now. */
  async corrected(manager: EntityManager, id: string): Promise<void> {
    // To the millisecond, which is what a Date holds: markSummarised compares it.
    await manager.query(
      `UPDATE agent.meetings SET corrected_at = date_trunc('milliseconds', now()) WHERE id = $1`,
      [id],
    );
  }

  /** Summed up for good, corrected since, and for so long no more, while the lines are there; the oldest first. */
  async correctedSince(quietSeconds: number): Promise<string[]> {
    const rows = await this.meetings.query<{ id: string }[]>(
      `SELECT id FROM agent.meetings m WHERE corrected_at < now() - make_interval(secs => $1)
         AND summarised_at IS NOT NULL
         AND EXISTS (SELECT 1 FROM agent.lines l WHERE l.meeting_id = m.id)
       ORDER BY corrected_at LIMIT 20`,
      [quietSeconds],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * @param awaits whether words are still to come
   * @param seenCorrection the correction that the summary knows of; a later one makes another summary
   * @returns whether this call is the one that may write the final summary.
   */
  async markSummarised(
    manager: EntityManager,
    id: string,
    lines: number,
    awaits: boolean,
    seenCorrection: Date | null,
  ): Promise<boolean> {
    const [, affected] = await manager.query<[unknown[], number]>(
      `UPDATE agent.meetings SET summarised_at = now(), summarised_lines = $2, awaits_words = $4,
         corrected_at = CASE WHEN corrected_at <= $3 THEN NULL ELSE corrected_at END
       WHERE id = $1 AND (coalesce(summarised_lines, -1) < $2 OR corrected_at <= $3 OR (awaits_words AND NOT $4))`,
      [id, lines, seenCorrection, awaits],
    );
    return affected === 1;
  }
}
