import type { HearingTimes, TimelineType } from '@parley/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('timeline_entries')
export class TimelineEntryEntity {
  @PrimaryColumn('uuid', { name: 'meeting_id' }) meetingId: string;
  @PrimaryColumn('bigint', {
    transformer: { from: Number, to: (cursor: number) => cursor },
  })
  cursor: number;
  @Column('uuid', { name: 'event_id' }) eventId: string;
  @Column('text') type: TimelineType;
  @Column('timestamptz') at: Date;
  @Column('jsonb') data: unknown;
  /** W3C trace id of the work that caused it. */
  @Column('text', { name: 'trace_id', nullable: true }) traceId: string | null;
  /** Of a segment: when asr did what it came of. */
  @Column('jsonb', { nullable: true }) times: HearingTimes | null;
}
