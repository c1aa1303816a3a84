import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A meeting as asr knows it: which replica listens, and since which epoch. */
@Entity('meetings')
export class MeetingEntity {
  @PrimaryColumn('uuid', { name: 'meeting_id' }) meetingId: string;
  @Column('text', { name: 'workspace_id' }) workspaceId: string;
  @Column('boolean') ended: boolean;
  @Column('text', { nullable: true }) owner: string | null;
  /** Grows with every change of owner: who writes with an older one is refused. */
  @Column('integer') epoch: number;
  /** Names and words to expect: those it was made with, and its participants'. */
  @Column('jsonb') vocabulary: string[];
  /** Null as long as nobody said what the meeting is. */
  @Column('boolean', { name: 'redact_personal_data', nullable: true })
  redactPersonalData: boolean | null;
  /** Null as well for a meeting that a replica announced which knew nothing of names: see `redactionOf`. */
  @Column('boolean', { name: 'redact_names', nullable: true }) redactNames: boolean | null;
  /** Its participants' names. */
  @Column('jsonb') people: string[];
  @Column('timestamptz', { name: 'lease_until' }) leaseUntil: Date;
}
