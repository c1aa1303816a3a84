import type { PlannedParticipant } from '@parley/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('planned_meetings')
export class PlannedMeetingEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'workspace_id' }) workspaceId: string;
  @Column('uuid', { name: 'feed_id' }) feedId: string;
  @Column('text') key: string;
  @Column('integer') revision: number;
  /** Words stand in it only while it is planned. */
  @Column('text') status: 'planned' | 'begun' | 'cancelled';
  @Column('text') title: string;
  @Column('text') platform: string;
  @Column('jsonb') participants: PlannedParticipant[];
  @Column('text', { name: 'time_zone' }) timeZone: string;
  @Column('timestamptz', { name: 'starts_at' }) startsAt: Date;
  @Column('timestamptz', { name: 'ends_at' }) endsAt: Date;
  /** Once it is begun. */
  @Column('uuid', { name: 'meeting_id', nullable: true }) meetingId: string | null;
}
