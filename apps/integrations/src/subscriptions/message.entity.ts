import type { DeliveryAttempt } from '@parley/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MessageStatus, SubscriptionKind } from './subscription-kinds';

/** One timeline entry on its way to one subscription. What the entry says is read when it is sent, and kept nowhere. */
@Entity('subscription_messages')
export class MessageEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'workspace_id' }) workspaceId: string;
  @Column('uuid', { name: 'subscription_id' }) subscriptionId: string;
  @Column('text', { name: 'meeting_id' }) meetingId: string;
  @Column('bigint', { transformer: { from: Number, to: (cursor: number) => cursor } })
  cursor: number;
  @Column('text') kind: SubscriptionKind;
  @Column('text') traceparent: string;
  @Column('text') status: MessageStatus;
  /** The last ones. */
  @Column('jsonb') attempts: DeliveryAttempt[];
  @Column('integer') tries: number;
  @Column('timestamptz', { name: 'first_tried_at', nullable: true }) firstTriedAt: Date | null;
  @Column('timestamptz', { name: 'next_attempt_at' }) nextAttemptAt: Date;
  @Column('text', { name: 'lease_owner', nullable: true }) leaseOwner: string | null;
  @Column('timestamptz', { name: 'lease_until', nullable: true }) leaseUntil: Date | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}
