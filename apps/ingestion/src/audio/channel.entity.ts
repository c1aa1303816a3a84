import type { ChannelSource } from '@parley/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One source of a meeting: how much of its audio is durable, and who sends it just now. */
@Entity('channels')
export class ChannelEntity {
  @PrimaryColumn('uuid', { name: 'meeting_id' }) meetingId: string;
  @PrimaryColumn('text') channel: string;
  @Column('text') source: ChannelSource;
  /** None of captions. */
  @Column('integer', { name: 'received_ms' }) receivedMs: number;
  /** The connection that holds it. */
  @Column('uuid', { nullable: true }) sender: string | null;
  @Column('timestamptz', { name: 'sender_seen_at', nullable: true }) senderSeenAt: Date | null;
  /** What the sender calls itself, whichever connection it is on; null when it did not say. */
  @Column('text', { name: 'sender_key', nullable: true }) senderKey: string | null;
  /** The sender said `stop`, or the meeting ended. */
  @Column('boolean') ended: boolean;
  /** asr has drained it. */
  @Column('boolean') completed: boolean;
  /** What became of everything before it asr has said, or has sent on its way; known once it has drained the channel. */
  @Column('integer', { name: 'accounted_ms' }) accountedMs: number;
}
