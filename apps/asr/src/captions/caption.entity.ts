import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Which segment a caption became. */
@Entity('captions')
export class CaptionEntity {
  @PrimaryColumn('uuid', { name: 'meeting_id' }) meetingId: string;
  @PrimaryColumn('text') channel: string;
  /** As whoever sent it calls it. */
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'segment_id' }) segmentId: string;
  /** When what stands there was taken in: what is read again from the log is no newer. */
  @Column('timestamptz', { name: 'said_at' }) saidAt: Date;
}
