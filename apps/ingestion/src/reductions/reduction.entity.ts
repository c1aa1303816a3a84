import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How far the words of a meeting that is notes-only are gone. */
@Entity('reductions')
export class ReductionEntity {
  @PrimaryColumn('uuid', { name: 'meeting_id' }) meetingId: string;
  @Column('text', { name: 'workspace_id' }) workspaceId: string;
  @Column('timestamptz', { name: 'begun_at' }) begunAt: Date;
  @Column('timestamptz', { name: 'asked_at' }) askedAt: Date;
  /** Those that have answered. */
  @Column('text', { array: true }) services: string[];
  @Column('timestamptz', { name: 'completed_at', nullable: true }) completedAt: Date | null;
  /** When the bus was looked through once more. */
  @Column('timestamptz', { name: 'looked_after_at', nullable: true }) lookedAfterAt: Date | null;
}
