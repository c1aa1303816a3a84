export const TIMELINE_TYPES = [
  'segment.partial',
  'segment.final',
  'segment.revised',
  'insight',
  'suggestion',
  'suggestion.decided',
  'delivery',
  'summary',
  'privacy',
  'coverage',
  'meeting.ended',
] as const;
export type TimelineType = (typeof TIMELINE_TYPES)[number];

/** One entry of what a meeting's viewers see. */
export interface TimelineEntry {
  /** Per-meeting sequence number; partials have none and are not replayed. */
  cursor?: number;
  type: TimelineType;
  meetingId: string;
  /** RFC 3339 UTC. */
  at: string;
  data: unknown;
}
