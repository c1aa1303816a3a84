import type { Participant } from '@parley/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What nlu keeps of a meeting: enough to know what "Friday" and "Maria" mean in it. */
@Entity('meetings')
export class MeetingEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'workspace_id' }) workspaceId: string;
  @Column('text') title: string;
  @Column('jsonb') participants: Participant[];
  @Column('text', { name: 'time_zone' }) timeZone: string;
  @Column('timestamptz', { name: 'started_at' }) startedAt: Date;
}
