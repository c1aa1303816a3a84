import type { KeyId, Scope } from '@parley/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('api_keys')
export class KeyEntity {
  @PrimaryColumn('uuid') id: KeyId;
  @Column('text', { name: 'workspace_id' }) workspaceId: string;
  @Column('text') name: string;
  @Column('jsonb') scopes: Scope[];
  /** SHA-256 of the secret, in hexadecimal. */
  @Column('text') hash: string;
  /** By somebody who signed in through the identity provider: it ends by itself, and names who they are. */
  @Column('boolean', { name: 'signed_in' }) signedIn: boolean;
  @Column('text', { name: 'created_by' }) createdBy: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'expires_at', nullable: true }) expiresAt: Date | null;
  @Column('timestamptz', { name: 'revoked_at', nullable: true }) revokedAt: Date | null;
}
