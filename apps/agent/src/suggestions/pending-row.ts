import { newId } from '@parley/contracts';
import { requestContext } from '@parley/service';
import type { Draft, SpokenLine } from '../planning/draft';
import { dedupeKey } from '../planning/novelty';
import { SuggestionEntity } from './suggestion.entity';

export interface Origin {
  /** The line that caused it. */
  line: SpokenLine;
  workspaceId: string;
  /** Who drafted it. */
  engine: string;
  degraded: boolean;
}

/** A draft as the row of a suggestion that nobody has decided on. */
export function pendingRow(draft: Draft, origin: Origin): SuggestionEntity {
  const { id: originSegmentId, meetingId, startMs } = origin.line.segment;
  return Object.assign(new SuggestionEntity(), draft, {
    id: newId(),
    meetingId,
    workspaceId: origin.workspaceId,
    status: 'pending' as const,
    decidedBy: null,
    rejectReason: null,
    expiredBecause: null,
    edited: false,
    decidedAt: null,
    engine: origin.engine,
    degraded: origin.degraded,
    originSegmentId,
    atMs: startMs,
    dedupeKey: dedupeKey(draft),
    traceparent: requestContext().traceparent,
  });
}
