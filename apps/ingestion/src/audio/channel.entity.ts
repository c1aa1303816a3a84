import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One audio source of a meeting: how much of it is durable, and who sends it just now. */
@Entity('channels')
export class ChannelEntity {
  @PrimaryColumn('uuid', { name: 'meeting_id' }) meetingId: string;
  @PrimaryColumn('text') channel: string;
  @Column('integer', { name: 'received_ms' }) receivedMs: number;
  @Column('uuid', { nullable: true }) sender: string | null;
  @Column('timestamptz', { name: 'sender_seen_at', nullable: true }) senderSeenAt: Date | null;
  /** The sender said `stop`, or the meeting ended. */
  @Column('boolean') ended: boolean;
  /** asr has drained it. */
  @Column('boolean') completed: boolean;
}
