import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PauseReason, SubscriptionKind, SubscriptionStatus } from './subscription-kinds';

@Entity('subscriptions')
export class SubscriptionEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'workspace_id' }) workspaceId: string;
  @Column('text') url: string;
  @Column('text', { array: true }) kinds: SubscriptionKind[];
  /** The secret and, for a while after a rotation, the one before, sealed by SecretBox. */
  @Column('text') secrets: string;
  /** Which key sealed them. */
  @Column('text', { name: 'key_id' }) keyId: string;
  /** Until then the secret before the last rotation signs as well. */
  @Column('timestamptz', { name: 'previous_until', nullable: true }) previousUntil: Date | null;
  @Column('text') status: SubscriptionStatus;
  @Column('text', { name: 'paused_reason', nullable: true }) pausedReason: PauseReason | null;
  /** Nothing got through since then; null while things do. */
  @Column('timestamptz', { name: 'failing_since', nullable: true }) failingSince: Date | null;
  /** Left alone until then: its breaker is open. */
  @Column('timestamptz', { name: 'not_before' }) notBefore: Date;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}
