import type { Entity as FoundEntity, Intent, Sentiment } from '@parley/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What was found in a segment; a later revision of the segment takes the row over, the id stays. */
@Entity('insights')
export class InsightEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'workspace_id' }) workspaceId: string;
  @Column('uuid', { name: 'meeting_id' }) meetingId: string;
  @Column('text', { name: 'segment_id' }) segmentId: string;
  @Column('integer') revision: number;
  @Column('integer', { name: 'start_ms' }) startMs: number;
  @Column('text') intent: Intent;
  @Column('double precision') confidence: number;
  @Column('jsonb') entities: FoundEntity[];
  @Column('jsonb') sentiment: Sentiment;
  @Column('jsonb') topics: string[];
  @Column('text') engine: string;
  @Column('boolean') degraded: boolean;
}
