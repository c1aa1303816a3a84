import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A person was asked for their consent and has not answered yet. */
@Entity('authorizations')
export class AuthorizationEntity {
  /** Whoever reads the table cannot answer in the person's place. */
  @PrimaryColumn('text', { name: 'state_hash' }) stateHash: string;
  @Column('text', { name: 'workspace_id' }) workspaceId: string;
  @Column('text') provider: string;
  @Column('text') name: string;
  @Column('jsonb') settings: Record<string, unknown>;
  @Column('boolean', { name: 'is_default' }) isDefault: boolean;
  /** PKCE's, sealed. */
  @Column('text') verifier: string;
  @Column('text', { name: 'key_id' }) keyId: string;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt: Date;
}
