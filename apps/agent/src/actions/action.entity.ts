import type { ActionApproved } from '@parley/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export const ACTION_STATUSES = ['approved', 'delivered', 'failed', 'uncertain'] as const;
export type ActionStatus = (typeof ACTION_STATUSES)[number];

/** An approved suggestion, its arguments frozen. */
@Entity('actions')
export class ActionEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'suggestion_id' }) suggestionId: string;
  @Column('uuid', { name: 'meeting_id' }) meetingId: string;
  @Column('text', { name: 'workspace_id' }) workspaceId: string;
  @Column('text') status: ActionStatus;
  /** What integrations was told, signature included. */
  @Column('jsonb') approved: ActionApproved;
  @Column('timestamptz', { name: 'sent_at' }) sentAt: Date;
}
