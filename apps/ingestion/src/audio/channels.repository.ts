import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, Repository } from 'typeorm';
import { ChannelEntity } from './channel.entity';

/** A sender that has not been heard of for so long has lost its channel to the next. */
const SENDER_LEASE_SECONDS = 10;

@Injectable()
export class ChannelsRepository {
  constructor(
    @InjectRepository(ChannelEntity) private readonly channels: Repository<ChannelEntity>,
  ) {}

  /** @returns whether the channel is new. */
  async open(manager: EntityManager, meetingId: string, channel: string): Promise<boolean> {
    const rows = await manager.query<unknown[]>(
      `INSERT INTO ingestion.channels (meeting_id, channel) VALUES ($1, $2)
       ON CONFLICT DO NOTHING RETURNING channel`,
      [meetingId, channel],
    );
    return rows.length === 1;
  }

  /** Makes `sender` the only one of the channel. @returns false while another is alive. */
  async claim(meetingId: string, channel: string, sender: string): Promise<boolean> {
    const [rows] = await this.channels.query<[{ channel: string }[], number]>(
      `UPDATE ingestion.channels SET sender = $3, sender_seen_at = now()
       WHERE meeting_id = $1 AND channel = $2
         AND (sender IS NULL OR sender_seen_at < now() - interval '${SENDER_LEASE_SECONDS} seconds')
       RETURNING channel`,
      [meetingId, channel, sender],
    );
    return rows.length === 1;
  }

  /** Notes what is durable and that the sender lives. @returns false when the channel is no longer its own. */
  async progress(
    meetingId: string,
    channel: string,
    sender: string,
    receivedMs: number,
  ): Promise<boolean> {
    const result = await this.channels.update(
      { meetingId, channel, sender },
      { receivedMs, senderSeenAt: new Date() },
    );
    return result.affected === 1;
  }

  /** The sender is gone; `ended` when nothing follows. */
  async release(
    meetingId: string,
    channel: string,
    sender: string,
    state: { receivedMs: number; ended: boolean },
  ): Promise<void> {
    await this.channels.update(
      { meetingId, channel, sender },
      { receivedMs: state.receivedMs, ended: state.ended, sender: null, senderSeenAt: null },
    );
  }

  /** Ends every channel that no living sender holds. @returns those that were not ended before. */
  async endAbandoned(meetingId: string): Promise<{ channel: string; receivedMs: number }[]> {
    const [rows] = await this.channels.query<[{ channel: string; received_ms: number }[], number]>(
      `UPDATE ingestion.channels SET ended = true
       WHERE meeting_id = $1 AND NOT ended AND sender IS NULL
       RETURNING channel, received_ms`,
      [meetingId],
    );
    return rows.map((row) => ({ channel: row.channel, receivedMs: row.received_ms }));
  }

  async complete(meetingId: string, channel: string): Promise<void> {
    await this.channels.update({ meetingId, channel }, { completed: true });
  }

  find(meetingId: string, channel: string): Promise<ChannelEntity | null> {
    return this.channels.findOneBy({ meetingId, channel });
  }

  of(meetingId: string): Promise<ChannelEntity[]> {
    return this.channels.find({ where: { meetingId }, order: { channel: 'ASC' } });
  }

  async names(manager: EntityManager, meetingId: string): Promise<string[]> {
    const rows = await manager.findBy(ChannelEntity, { meetingId });
    return rows.map(({ channel }) => channel).sort();
  }
}
