import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ErasureReason, Receipt, ReceiptSignature } from './erasure.views';

/** That a meeting was erased, why, and how far that is. Nothing of what it was. */
@Entity('erasures')
export class ErasureEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'workspace_id' }) workspaceId: string;
  @Column('uuid', { name: 'meeting_id' }) meetingId: string;
  @Column('text') reason: ErasureReason;
  @Column('timestamptz', { name: 'requested_at' }) requestedAt: Date;
  /** When the services were last asked. */
  @Column('timestamptz', { name: 'asked_at' }) askedAt: Date;
  @Column('timestamptz', { name: 'completed_at', nullable: true }) completedAt: Date | null;
  /** When the bus was looked through once more, for what was on its way meanwhile. */
  @Column('timestamptz', { name: 'looked_after_at', nullable: true }) lookedAfterAt: Date | null;
  /** As it was signed; null until it is complete. */
  @Column('jsonb', { nullable: true }) receipt: Receipt | null;
  @Column('jsonb', { nullable: true }) signature: ReceiptSignature | null;
}
