import type { Summary } from '@parley/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('summaries')
export class SummaryEntity {
  @PrimaryColumn('uuid', { name: 'meeting_id' }) meetingId: string;
  @PrimaryColumn('integer') version: number;
  @Column('text', { name: 'workspace_id' }) workspaceId: string;
  @Column('text') status: Summary['status'];
  @Column('jsonb') summary: Summary;
}
