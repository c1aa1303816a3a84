import type { Summary } from '@parley/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DismissedLine } from './kept-lines';

@Entity('summaries')
export class SummaryEntity {
  @PrimaryColumn('uuid', { name: 'meeting_id' }) meetingId: string;
  @PrimaryColumn('integer') version: number;
  @Column('text', { name: 'workspace_id' }) workspaceId: string;
  @Column('text') status: Summary['status'];
  @Column('jsonb') summary: Summary;
  /** Of how many lines it was made. */
  @Column('integer') lines: number;
  /** What people took out or replaced, in this version or before: it is not made again. */
  @Column('jsonb') dismissed: DismissedLine[];
}
