import type { Consent, ConsentMethod } from '@parley/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One statement of a participant, and who noted it; a later one does not change it. */
@Entity('consents')
export class ConsentEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'meeting_id' }) meetingId: string;
  @Column('text', { name: 'workspace_id' }) workspaceId: string;
  @Column('uuid', { name: 'participant_id' }) participantId: string;
  @Column('text') consent: Consent;
  @Column('text') method: ConsentMethod;
  @Column('timestamptz', { name: 'given_at' }) givenAt: Date;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt: Date;
  @Column('text', { name: 'recorded_by' }) recordedBy: string;
}
