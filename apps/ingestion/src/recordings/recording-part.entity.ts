import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A stretch of a channel's audio that is kept as a blob. */
@Entity('recording_parts')
export class RecordingPartEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'meeting_id' }) meetingId: string;
  @Column('text') channel: string;
  @Column('integer', { name: 'start_ms' }) startMs: number;
  @Column('integer', { name: 'end_ms' }) endMs: number;
  /** Of the key it is sealed with; null until it is kept. */
  @Column('text', { name: 'key_id', nullable: true }) keyId: string | null;
}
