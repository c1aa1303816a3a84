import { IsISO8601 } from 'class-validator';
import { MeetingPrivacyChanged } from '../events/meeting.events';
import { CoverageSummary } from './coverage';
import { Delivery } from './delivery';
import { Insight } from './insight';
import { Listening } from './listening';
import { Segment } from './segment';
import { Suggestion } from './suggestion';
import { Summary } from './summary';

/** What viewers are told when a meeting has ended. */
export class MeetingEnd {
  @IsISO8601() endedAt: string;
}

/** Every type of entry on a timeline, and the class of its `data`. */
export const timelineData = {
  'segment.partial': Segment,
  'segment.final': Segment,
  'segment.revised': Segment,
  insight: Insight,
  suggestion: Suggestion,
  'suggestion.decided': Suggestion,
  delivery: Delivery,
  summary: Summary,
  privacy: MeetingPrivacyChanged,
  coverage: CoverageSummary,
  'meeting.ended': MeetingEnd,
  listening: Listening,
} as const;

export type TimelineType = keyof typeof timelineData;
export const TIMELINE_TYPES = Object.keys(timelineData) as TimelineType[];

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
