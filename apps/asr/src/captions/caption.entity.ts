import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Which segment a caption became, and whom it said to speak. */
@Entity('captions')
export class CaptionEntity {
  @PrimaryColumn('uuid', { name: 'meeting_id' }) meetingId: string;
  @PrimaryColumn('text') channel: string;
  /** As whoever sent it calls it. */
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'segment_id' }) segmentId: string;
  /** Whom it last said to speak: where the segment names another one, a person did. */
  @Column('text', { name: 'speaker_id', nullable: true }) speakerId: string | null;
  /** When what stands there was taken in: what is read again from the log is no newer. */
  @Column('timestamptz', { name: 'said_at' }) saidAt: Date;
}
