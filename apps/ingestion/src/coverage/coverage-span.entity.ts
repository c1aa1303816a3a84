import type { CoverageState } from '@parley/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('coverage_spans')
export class CoverageSpanEntity {
  @PrimaryColumn('uuid', { name: 'meeting_id' }) meetingId: string;
  @PrimaryColumn('text') channel: string;
  @PrimaryColumn('integer', { name: 'start_ms' }) startMs: number;
  @Column('integer', { name: 'end_ms' }) endMs: number;
  @PrimaryColumn('text') state: CoverageState;
  @Column('text', { nullable: true }) rule: string | null;
}
