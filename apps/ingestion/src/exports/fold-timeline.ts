import type {
  Delivery,
  Insight,
  Segment,
  Suggestion,
  Summary,
  TimelineEntry,
  TimelineType,
} from '@parley/contracts';

/** What a timeline has come to. */
export interface TimelineState {
  cursor: number;
  summary: Summary | null;
  segments: Segment[];
  insights: Insight[];
  suggestions: Suggestion[];
  deliveries: Delivery[];
}

/** The types of entry that {@link TimelineFold} looks at. */
export const FOLDED_TYPES: readonly TimelineType[] = [
  'segment.final',
  'segment.revised',
  'insight',
  'suggestion',
  'suggestion.decided',
  'delivery',
  'summary',
];

/** Reads a timeline, entry by entry, and keeps the last word on everything. */
export class TimelineFold {
  private lastCursor = 0;
  private summary: Summary | null = null;
  private readonly segments = new Map<string, Segment>();
  private readonly insights = new Map<string, Insight>();
  private readonly suggestions = new Map<string, Suggestion>();
  private readonly deliveries = new Map<string, Delivery>();

  add(entry: TimelineEntry): void {
    this.lastCursor = entry.cursor ?? this.lastCursor;
    switch (entry.type) {
      case 'segment.final':
      case 'segment.revised':
        this.addSegment(entry.data as Segment);
        return;
      case 'insight': {
        const insight = entry.data as Insight;
        this.insights.set(insight.segmentId, insight);
        return;
      }
      case 'suggestion':
      case 'suggestion.decided':
        this.addSuggestion(entry.data as Suggestion);
        return;
      case 'delivery': {
        const delivery = entry.data as Delivery;
        this.deliveries.set(delivery.id, delivery);
        return;
      }
      case 'summary':
        this.addSummary(entry.data as Summary);
        return;
      case 'segment.partial':
      case 'privacy':
      case 'coverage':
      case 'meeting.ended':
      case 'listening':
        return;
    }
  }

  get cursor(): number {
    return this.lastCursor;
  }

  get state(): TimelineState {
    return {
      cursor: this.lastCursor,
      summary: this.summary,
      segments: [...this.segments.values()].sort(asSaid),
      insights: [...this.insights.values()],
      suggestions: [...this.suggestions.values()],
      deliveries: [...this.deliveries.values()],
    };
  }

  private addSegment(segment: Segment): void {
    const known = this.segments.get(segment.id);
    if (!known || segment.revision >= known.revision) this.segments.set(segment.id, segment);
  }

  /** The topics of events are not ordered among each other: a decision may stand before its suggestion. */
  private addSuggestion(suggestion: Suggestion): void {
    const known = this.suggestions.get(suggestion.id);
    if (!known || known.status === 'pending') this.suggestions.set(suggestion.id, suggestion);
  }

  private addSummary(summary: Summary): void {
    if (!this.summary || summary.version >= this.summary.version) this.summary = summary;
  }
}

function asSaid(one: Segment, other: Segment): number {
  return one.startMs - other.startMs || (one.id < other.id ? -1 : 1);
}
