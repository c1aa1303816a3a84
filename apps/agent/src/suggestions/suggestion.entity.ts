import type {
  ActionArguments,
  Citation,
  ExpiryReason,
  SuggestionKind,
  SuggestionStatus,
} from '@parley/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('suggestions')
export class SuggestionEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'meeting_id' }) meetingId: string;
  @Column('text', { name: 'workspace_id' }) workspaceId: string;
  @Column('text') kind: SuggestionKind;
  @Column('text') text: string;
  @Column('jsonb') arguments: ActionArguments;
  @Column('real') confidence: number;
  @Column('jsonb') reasons: string[];
  @Column('jsonb') citations: Citation[];
  @Column('text') status: SuggestionStatus;
  @Column('text', { name: 'decided_by', nullable: true }) decidedBy: string | null;
  @Column('text', { name: 'reject_reason', nullable: true }) rejectReason: string | null;
  @Column('text', { name: 'expired_because', nullable: true }) expiredBecause: ExpiryReason | null;
  /** Approved with other arguments than were drafted. */
  @Column('boolean') edited: boolean;
  /** When it was approved, rejected or lapsed; unknown of those decided before this was kept. */
  @Column('timestamptz', { name: 'decided_at', nullable: true }) decidedAt: Date | null;
  @Column('text') engine: string;
  @Column('boolean') degraded: boolean;
  /** The segment that caused it: one suggestion of a kind per segment. */
  @Column('text', { name: 'origin_segment_id' }) originSegmentId: string;
  @Column('integer', { name: 'at_ms' }) atMs: number;
  @Column('text', { name: 'dedupe_key' }) dedupeKey: string;
  /** W3C trace context of the utterance that caused it: what is approved goes on in that trace. */
  @Column('text') traceparent: string;
}
