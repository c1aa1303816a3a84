import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository, type EntityManager } from 'typeorm';
import { LeaseLostError } from './lease-lost.error';
import { MeetingEntity } from './meeting.entity';

export interface Lease {
  meetingId: string;
  workspaceId: string;
  epoch: number;
}

/** A meeting that was just taken. */
export interface Taken extends Lease {
  /** It had been said to wait. */
  hasWaited: boolean;
  /** There is audio to be heard: captions alone take no place. */
  hasAudio: boolean;
}

export interface Wanted {
  /** Meetings with audio that somebody listened to before, or that nobody ever did; or those of captions alone. */
  kind: 'begun' | 'new' | 'captions';
  limit: number;
  /** This one only. */
  meetingId?: string;
}

const HAS_OPEN_SESSION = `EXISTS (SELECT 1 FROM asr.sessions s
  WHERE s.meeting_id = m.meeting_id AND s.status = 'open')`;
const HAS_OPEN_AUDIO = `EXISTS (SELECT 1 FROM asr.sessions s
  WHERE s.meeting_id = m.meeting_id AND s.status = 'open' AND s.source = 'audio')`;
const IS_WANTED = {
  begun: `m.epoch > 0 AND ${HAS_OPEN_AUDIO}`,
  new: `m.epoch = 0 AND ${HAS_OPEN_AUDIO}`,
  captions: `${HAS_OPEN_SESSION} AND NOT ${HAS_OPEN_AUDIO}`,
};

/** Which replica listens to which meeting. All times are the database's. */
@Injectable()
export class LeasesRepository {
  constructor(
    @InjectRepository(MeetingEntity) private readonly meetings: Repository<MeetingEntity>,
  ) {}

  /** Makes the meeting known; a second time changes nothing. */
  async register(
    meetingId: string,
    workspaceId: string,
    manager: EntityManager = this.meetings.manager,
  ): Promise<void> {
    await manager.query(
      `INSERT INTO asr.meetings (meeting_id, workspace_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
      [meetingId, workspaceId],
    );
  }

  /** The same, with the names and words that the meeting expects. */
  async start(
    meetingId: string,
    workspaceId: string,
    about: Pick<MeetingEntity, 'vocabulary' | 'people' | 'redactPersonalData' | 'redactNames'>,
  ): Promise<void> {
    const { vocabulary, people, redactPersonalData, redactNames } = about;
    await this.meetings.query(
      `INSERT INTO asr.meetings
         (meeting_id, workspace_id, vocabulary, people, redact_personal_data, redact_names)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (meeting_id) DO UPDATE
       SET vocabulary = $3, people = $4, redact_personal_data = $5, redact_names = $6`,
      [
        ...[meetingId, workspaceId, JSON.stringify(vocabulary), JSON.stringify(people)],
        ...[redactPersonalData, redactNames],
      ],
    );
  }

  find(meetingId: string): Promise<MeetingEntity | null> {
    return this.meetings.findOneBy({ meetingId });
  }

  async markEnded(meetingId: string): Promise<void> {
    await this.meetings.update({ meetingId }, { ended: true });
  }

  /** Takes up to `limit` meetings with open channels whose lease has run out, the oldest first. */
  async claim(
    manager: EntityManager,
    owner: string,
    seconds: number,
    { kind, limit, meetingId }: Wanted,
  ): Promise<Taken[]> {
    const [rows] = await manager.query<[Taken[], number]>(
      `WITH free AS (
         SELECT m.meeting_id, m.waiting_since FROM asr.meetings m
         WHERE m.lease_until < now() AND ($4::uuid IS NULL OR m.meeting_id = $4::uuid)
           AND ${IS_WANTED[kind]}
         ORDER BY m.meeting_id LIMIT $3 FOR UPDATE SKIP LOCKED)
       UPDATE asr.meetings m SET owner = $1, epoch = epoch + 1, waiting_since = NULL,
         lease_until = now() + make_interval(secs => $2)
       FROM free WHERE m.meeting_id = free.meeting_id
       RETURNING m.meeting_id AS "meetingId", m.workspace_id AS "workspaceId", m.epoch,
         free.waiting_since IS NOT NULL AS "hasWaited", ${HAS_OPEN_AUDIO} AS "hasAudio"`,
      [owner, seconds, limit, meetingId ?? null],
    );
    return rows;
  }

  /** Notes that meetings which nobody ever listened to wait. @returns those of which it was not noted before. */
  async noteWaiting(manager: EntityManager): Promise<Pick<Lease, 'meetingId' | 'workspaceId'>[]> {
    const [rows] = await manager.query<[Lease[], number]>(
      `UPDATE asr.meetings m SET waiting_since = now()
       WHERE m.waiting_since IS NULL AND m.epoch = 0 AND m.lease_until < now() AND ${HAS_OPEN_AUDIO}
       RETURNING meeting_id AS "meetingId", workspace_id AS "workspaceId"`,
    );
    return rows;
  }

  /** How many meetings are said to wait. */
  async waiting(): Promise<number> {
    const [row] = await this.meetings.query<{ waiting: number }[]>(
      `SELECT count(*)::int AS waiting FROM asr.meetings m
       WHERE m.waiting_since IS NOT NULL AND ${HAS_OPEN_AUDIO}`,
    );
    return row?.waiting ?? 0;
  }

  /** @returns which of the meetings are still the owner's. */
  async renew(owner: string, seconds: number, leases: Lease[]): Promise<Set<string>> {
    const [rows] = await this.meetings.query<[Lease[], number]>(
      `UPDATE asr.meetings m SET lease_until = now() + make_interval(secs => $2)
       FROM unnest($3::uuid[], $4::int[]) AS held (id, epoch)
       WHERE m.owner = $1 AND m.meeting_id = held.id AND m.epoch = held.epoch
       RETURNING m.meeting_id AS "meetingId"`,
      [owner, seconds, leases.map(({ meetingId }) => meetingId), leases.map(({ epoch }) => epoch)],
    );
    return new Set(rows.map(({ meetingId }) => meetingId));
  }

  /** Lets the next sweep of any replica take the meeting at once. */
  async release({ meetingId, epoch }: Lease): Promise<void> {
    await this.meetings.query(
      `UPDATE asr.meetings SET owner = NULL, lease_until = '-infinity'
       WHERE meeting_id = $1 AND epoch = $2`,
      [meetingId, epoch],
    );
  }

  /**
   * Makes sure, until the transaction ends, that nobody takes the meeting over.
   * @throws LeaseLostError when somebody has
   */
  async fence(manager: EntityManager, { meetingId, epoch }: Lease): Promise<void> {
    const [, touched] = await manager.query<[unknown[], number]>(
      `UPDATE asr.meetings SET epoch = epoch WHERE meeting_id = $1 AND epoch = $2`,
      [meetingId, epoch],
    );
    if (touched !== 1) throw new LeaseLostError(meetingId);
  }
}
