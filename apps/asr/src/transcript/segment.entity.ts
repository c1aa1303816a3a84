import type { OverlapSpan, Speaker, Word } from '@parley/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('segments')
export class SegmentEntity {
  @PrimaryColumn('text') id: string;
  @Column('uuid', { name: 'meeting_id' }) meetingId: string;
  @Column('text', { name: 'workspace_id' }) workspaceId: string;
  @Column('text') channel: string;
  @Column('jsonb', { nullable: true }) speaker: Speaker | null;
  /** Whose voice it is on a channel that several share; who that is may be found out later. */
  @Column('text', { name: 'voice_id', nullable: true, select: false }) voiceId?: string | null;
  @Column('integer', { name: 'start_ms' }) startMs: number;
  @Column('integer', { name: 'end_ms' }) endMs: number;
  @Column('text') text: string;
  @Column('integer') revision: number;
  @Column('real', { nullable: true }) confidence: number | null;
  @Column('text') language: string;
  @Column('jsonb') words: Word[];
  /** Null where nobody else was heard at the same time. */
  @Column('jsonb', { name: 'overlap_spans', nullable: true }) overlaps: OverlapSpan[] | null;
  @Column('text') engine: string;
  @Column('boolean') degraded: boolean;
}
