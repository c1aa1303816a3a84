import type { Suggestion } from '@parley/contracts';
import type { SuggestionEntity } from './suggestion.entity';

/** A suggestion as clients and events carry it. */
export function toSuggestion(row: SuggestionEntity): Suggestion {
  const { id, meetingId, kind, text, confidence, reasons, citations, status, engine } = row;
  return {
    id,
    meetingId,
    kind,
    text,
    arguments: row.arguments,
    // Postgres keeps single precision: 0.9 comes back as 0.8999999762.
    confidence: Number(confidence.toFixed(4)),
    reasons,
    citations,
    status,
    ...(row.decidedBy === null ? {} : { decidedBy: row.decidedBy }),
    ...(row.expiredBecause === null ? {} : { expiredBecause: row.expiredBecause }),
    engine,
    degraded: row.degraded,
  };
}

export function aboutRow(row: { meetingId: string; workspaceId: string }) {
  return { meetingId: row.meetingId, workspaceId: row.workspaceId };
}
