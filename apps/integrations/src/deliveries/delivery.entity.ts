import type { ActionArguments, Citation, DeliveryAttempt, DeliveryStatus } from '@parley/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('deliveries')
export class DeliveryEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'workspace_id' }) workspaceId: string;
  @Column('text', { name: 'action_id' }) actionId: string;
  @Column('text', { name: 'suggestion_id' }) suggestionId: string;
  @Column('text', { name: 'meeting_id' }) meetingId: string;
  @Column('text', { name: 'connection_id' }) connectionId: string;
  @Column('text') provider: string;
  @Column('text') tool: string;
  @Column('jsonb') arguments: ActionArguments;
  @Column('jsonb') citations: Citation[];
  @Column('text') traceparent: string;
  /** The approval was genuine when it came; the database lets nothing else be sent. */
  @Column('boolean') authorised: boolean;
  /** After that it is not sent any more; null where the approval did not hold anyway. */
  @Column('timestamptz', { name: 'approval_expires_at', nullable: true })
  approvalExpiresAt: Date | null;
  @Column('text') status: DeliveryStatus;
  @Column('text', { nullable: true }) reason: string | null;
  @Column('jsonb') attempts: DeliveryAttempt[];
  /** How often it was ever claimed for sending. */
  @Column('integer') sends: number;
  /** Of this round; a person's retry begins a new one. */
  @Column('integer', { name: 'tries_left' }) triesLeft: number;
  @Column('timestamptz', { name: 'next_attempt_at' }) nextAttemptAt: Date;
  @Column('text', { name: 'lease_owner', nullable: true }) leaseOwner: string | null;
  @Column('timestamptz', { name: 'lease_until', nullable: true }) leaseUntil: Date | null;
  @Column('timestamptz', { name: 'sending_since', nullable: true }) sendingSince: Date | null;
  @Column('text', { name: 'external_id', nullable: true }) externalId: string | null;
  @Column('text', { nullable: true }) url: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}
