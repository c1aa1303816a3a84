import type { ErasedStore } from '@parley/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What one service said that it erased; it may say so several times, of what was left. */
@Entity('erasure_reports')
export class ErasureReportEntity {
  @PrimaryColumn('uuid', { name: 'event_id' }) eventId: string;
  @Column('uuid', { name: 'erasure_id' }) erasureId: string;
  @Column('text', { name: 'workspace_id' }) workspaceId: string;
  @Column('text') service: string;
  @Column('timestamptz') at: Date;
  @Column('jsonb') stores: ErasedStore[];
}
