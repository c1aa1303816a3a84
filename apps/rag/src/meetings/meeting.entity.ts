import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What rag keeps of a meeting, so that it can be found once it has ended. */
@Entity('meetings')
export class MeetingEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'workspace_id' }) workspaceId: string;
  @Column('text') title: string;
  @Column('timestamptz', { name: 'started_at', nullable: true }) startedAt: Date | null;
  /** Null while it is live. */
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt: Date | null;
  /** Grows with every change of its text or title. */
  @Column('integer') revision: number;
  /** Up to which of its changes it can be found; null when it was never indexed. */
  @Column('integer', { name: 'indexed_revision', nullable: true }) indexedRevision: number | null;
  @Column('integer', { name: 'chunk_count' }) chunkCount: number;
  @Column('integer', { name: 'word_count' }) wordCount: number;
}
