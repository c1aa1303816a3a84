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
  /** An access token that was asked for with the secrets, sealed; null where there is none. */
  @Column('text', { nullable: true }) access: string | null;
  @Column('text', { name: 'access_key_id', nullable: true }) accessKeyId: string | null;
  /** Somebody asks for another access token until then, at the latest. */
  @Column('timestamptz', { name: 'refreshing_until', nullable: true }) refreshingUntil: Date | null;
  @Column('boolean', { name: 'is_default' }) isDefault: boolean;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}
