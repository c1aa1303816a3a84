import type { Insight, Segment } from '@parley/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A final segment with what nlu found in it. */
@Entity('lines')
export class LineEntity {
  @PrimaryColumn('text', { name: 'segment_id' }) segmentId: string;
  @Column('uuid', { name: 'meeting_id' }) meetingId: string;
  @Column('text', { name: 'workspace_id' }) workspaceId: string;
  @Column('text') channel: string;
  @Column('integer', { name: 'start_ms' }) startMs: number;
  @Column('integer') revision: number;
  @Column('jsonb') segment: Segment;
  @Column('jsonb') insight: Insight;
}
