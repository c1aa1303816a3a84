import { Column, Entity, PrimaryColumn } from 'typeorm';

export const UPLOAD_STATUSES = [
  'arriving',
  'waiting',
  'hearing',
  'heard',
  'stopped',
  'failed',
] as const;
export type UploadStatus = (typeof UPLOAD_STATUSES)[number];

/** A recording that was uploaded. Its file is kept until it has been heard. */
@Entity('uploads')
export class UploadEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'meeting_id' }) meetingId: string;
  @Column('text', { name: 'workspace_id' }) workspaceId: string;
  @Column('text') channel: string;
  @Column('integer') bytes: number;
  @Column('integer', { name: 'stated_ms', nullable: true }) statedMs: number | null;
  @Column('text') status: UploadStatus;
  @Column('text', { nullable: true }) reason: string | null;
  @Column('boolean', { name: 'ends_meeting' }) endsMeeting: boolean;
  /** Which hearing of it counts: one that was taken over says nothing more. */
  @Column('uuid', { nullable: true }) holder: string | null;
  /** How often it broke off for no reason that passes by itself, its process included. */
  @Column('integer') failures: number;
  /** When a replica may take it up. */
  @Column('timestamptz', { name: 'next_at' }) nextAt: Date;
  /** Its file is there, or may be. */
  @Column('boolean', { name: 'file_kept' }) fileKept: boolean;
}
