import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('connections')
export class ConnectionEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'workspace_id' }) workspaceId: string;
  @Column('text') provider: string;
  @Column('text') name: string;
  /** What is no secret, in clear. */
  @Column('jsonb') settings: Record<string, unknown>;
  /** What is, sealed by {@link SecretBox}. */
  @Column('text') secrets: string;
  /** Which key sealed it. */
  @Column('text', { name: 'key_id' }) keyId: string;
  @Column('boolean', { name: 'is_default' }) isDefault: boolean;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}
