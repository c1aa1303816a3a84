import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somebody who speaks in a meeting: a participant on a channel of their own, or a voice on a shared one. */
@Entity('speakers')
export class SpeakerEntity {
  @PrimaryColumn('uuid', { name: 'meeting_id' }) meetingId: string;
  @PrimaryColumn('text') id: string;
  @Column('text') name: string;
  @Column('text', { name: 'participant_id', nullable: true }) participantId: string | null;
  /** Turned out to be this other speaker, who was never merged. */
  @Column('text', { name: 'merged_into', nullable: true }) mergedInto: string | null;
}
