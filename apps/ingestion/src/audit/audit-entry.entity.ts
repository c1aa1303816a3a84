import type { AuditAction } from '@parley/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('audit_entries')
export class AuditEntryEntity {
  @PrimaryColumn('text', { name: 'workspace_id' }) workspaceId: string;
  @PrimaryColumn('integer') sequence: number;
  /** Of the event: one that comes twice is written once. */
  @Column('uuid') id: string;
  @Column('timestamptz') at: Date;
  @Column('text') action: AuditAction;
  @Column('text', { name: 'actor_id' }) actorId: string;
  @Column('text', { name: 'actor_name' }) actorName: string;
  @Column('text', { name: 'subject_id' }) subjectId: string;
  @Column('jsonb') details: Record<string, string | number>;
  @Column('text', { name: 'previous_hash' }) previousHash: string;
  @Column('text') hash: string;
}
