import type { PrivacyMode } from '@parley/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('workspaces')
export class WorkspaceEntity {
  @PrimaryColumn('text') id: string;
  @Column('text') name: string;
  /** In all its meetings addresses, telephone and card numbers are taken out of what is said. */
  @Column('boolean', { name: 'redact_personal_data' }) redactPersonalData: boolean;
  /** So are names of people. */
  @Column('boolean', { name: 'redact_names' }) redactNames: boolean;
  /** How private a meeting is that does not say so itself. */
  @Column('text', { name: 'privacy_mode' }) privacyMode: PrivacyMode;
  /** What each of its meetings expects to hear. */
  @Column('jsonb') vocabulary: string[];
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}
