import type { Participant, PrivacyMode } from '@parley/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { OffTheRecordSpan } from '../privacy/off-the-record';

@Entity('meetings')
export class MeetingEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'workspace_id' }) workspaceId: string;
  @Column('text') title: string;
  @Column('text') platform: string;
  @Column('text', { name: 'privacy_mode' }) privacyMode: PrivacyMode;
  /** Grows with every change of what may be kept: an older word about it does not count. */
  @Column('integer', { name: 'privacy_epoch' }) privacyEpoch: number;
  /** When it was off the record, in milliseconds of the meeting; an end of null is still to come. */
  @Column('jsonb', { name: 'off_the_record' }) offTheRecord: OffTheRecordSpan[];
  /** It was on the record at some time: the other services know of it. */
  @Column('boolean') recorded: boolean;
  /** It was notes-only at some time: nothing that was said in it stays. */
  @Column('boolean', { name: 'notes_only' }) notesOnly: boolean;
  @Column('jsonb') participants: Participant[];
  @Column('text') language: string;
  @Column('text', { name: 'time_zone' }) timeZone: string;
  @Column('jsonb') vocabulary: string[];
  @Column('boolean', { name: 'keep_audio' }) keepAudio: boolean;
  /** Addresses, telephone and card numbers are taken out of what is said. */
  @Column('boolean', { name: 'redact_personal_data' }) redactPersonalData: boolean;
  /** Names of people are. */
  @Column('boolean', { name: 'redact_names' }) redactNames: boolean;
  /** What ids of captions and their speakers are made with; told to nobody. */
  @Column('uuid', { name: 'caption_secret' }) captionSecret: string;
  @Column('text') status: 'live' | 'ended';
  @Column('timestamptz', { name: 'started_at' }) startedAt: Date;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt: Date | null;
}
