import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, Repository } from 'typeorm';
import type { MeetingEntity } from '../meetings/meeting.entity';
import { ChannelEntity } from './channel.entity';

/** How often a sender that lives is noted. */
export const SENDER_SEEN_EVERY_MS = 2_000;
/** A sender that has not been noted for so long has lost its channel to the next: three notes were missed. */
export const SENDER_LEASE_MS = 3 * SENDER_SEEN_EVERY_MS;

const LEASE_IS_OVER = `(sender IS NULL OR sender_seen_at < now() - interval '${SENDER_LEASE_MS} milliseconds')`;

export interface Sender {
  /** Of the connection. */
  id: string;
  /** Of the sender, over all its connections; null when it did not say. */
  key: string | null;
}

export interface EndedChannel {
  meetingId: string;
  channel: string;
  receivedMs: number;
  completed: boolean;
}

@Injectable()
export class ChannelsRepository {
  constructor(
    @InjectRepository(ChannelEntity) private readonly channels: Repository<ChannelEntity>,
  ) {}

  /** Whether audio of the meeting was ever let in. */
  hasAudio(meetingId: string): Promise<boolean> {
    return this.channels.existsBy({ meetingId, source: 'audio' });
  }

  /** @returns whether the channel is new. */
  async open(
    manager: EntityManager,
    meetingId: string,
    { channel, source }: Pick<ChannelEntity, 'channel' | 'source'>,
  ): Promise<boolean> {
    const rows = await manager.query<unknown[]>(
      `INSERT INTO ingestion.channels (meeting_id, channel, source) VALUES ($1, $2, $3)
       ON CONFLICT DO NOTHING RETURNING channel`,
      [meetingId, channel, source],
    );
    return rows.length === 1;
  }

  /**
   * Makes `sender` the only one of the channel: nobody else holds it, or an earlier connection of its own.
   * @returns what was noted as durable; null while another is alive, and for a channel that has ended or takes captions.
   */
  async claim(meetingId: string, channel: string, sender: Sender): Promise<number | null> {
    const [rows] = await this.channels.query<[{ received_ms: number }[], number]>(
      `UPDATE ingestion.channels SET sender = $3, sender_key = $4, sender_seen_at = now()
       WHERE meeting_id = $1 AND channel = $2 AND NOT ended
         AND source = 'audio' AND (${LEASE_IS_OVER} OR sender_key = $4)
       RETURNING received_ms`,
      [meetingId, channel, sender.id, sender.key],
    );
    return rows[0]?.received_ms ?? null;
  }

  /**
   * Notes what is durable and that the sender lives.
   * @returns the meeting's status; null when the channel is no longer its own.
   */
  async progress(
    meetingId: string,
    channel: string,
    senderId: string,
    receivedMs: number,
  ): Promise<MeetingEntity['status'] | null> {
    const [rows] = await this.channels.query<[{ status: MeetingEntity['status'] }[], number]>(
      `UPDATE ingestion.channels c
       SET received_ms = GREATEST(received_ms, $4), sender_seen_at = now()
       FROM ingestion.meetings m
       WHERE m.id = c.meeting_id AND c.meeting_id = $1 AND channel = $2 AND sender = $3
       RETURNING m.status`,
      [meetingId, channel, senderId, receivedMs],
    );
    return rows[0]?.status ?? null;
  }

  /** The sender is gone; `ended` when nothing follows. @returns false when the channel was no longer its own. */
  async release(
    meetingId: string,
    channel: string,
    senderId: string,
    state: { receivedMs: number; ended: boolean },
  ): Promise<boolean> {
    const [, released] = await this.channels.query<[unknown[], number]>(
      `UPDATE ingestion.channels
       SET received_ms = GREATEST(received_ms, $4), ended = $5, sender = NULL, sender_seen_at = NULL
       WHERE meeting_id = $1 AND channel = $2 AND sender = $3`,
      [meetingId, channel, senderId, state.receivedMs, state.ended],
    );
    return released === 1;
  }

  /** Ends the channels of ended meetings, or of the one named, that no living sender holds. @returns these. */
  async endAbandoned(meetingId?: string): Promise<EndedChannel[]> {
    const [rows] = await this.channels.query<[EndedChannel[], number]>(
      `UPDATE ingestion.channels c SET ended = true, sender = NULL, sender_seen_at = NULL
       FROM ingestion.meetings m
       WHERE m.id = c.meeting_id AND m.status = 'ended' AND NOT c.ended AND ${LEASE_IS_OVER}
         AND ($1::uuid IS NULL OR c.meeting_id = $1)
       RETURNING c.meeting_id AS "meetingId", channel, received_ms AS "receivedMs", completed`,
      [meetingId ?? null],
    );
    return rows;
  }

  /** Takes an end back that could not be said, or notes how far the channel came. */
  async settle(
    meetingId: string,
    channel: string,
    state: { receivedMs: number; ended: boolean },
  ): Promise<void> {
    await this.channels.update({ meetingId, channel }, state);
  }

  async complete(meetingId: string, channel: string, accountedMs: number): Promise<void> {
    await this.channels.update({ meetingId, channel }, { completed: true, accountedMs });
  }

  find(meetingId: string, channel: string): Promise<ChannelEntity | null> {
    return this.channels.findOneBy({ meetingId, channel });
  }

  of(meetingId: string): Promise<ChannelEntity[]> {
    return this.channels.find({ where: { meetingId }, order: { channel: 'ASC' } });
  }

  /** All of them, inside a transaction. */
  within(manager: EntityManager, meetingId: string): Promise<ChannelEntity[]> {
    return manager.find(ChannelEntity, { where: { meetingId }, order: { channel: 'ASC' } });
  }
}
