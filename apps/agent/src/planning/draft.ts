import type {
  ActionArguments,
  Citation,
  Insight,
  Participant,
  SearchHit,
  Segment,
  SuggestionKind,
} from '@parley/contracts';

/** A final segment with what nlu found in it. */
export interface SpokenLine {
  segment: Segment;
  insight: Insight;
}

export interface PlanningContext {
  line: SpokenLine;
  /** What was said just before, oldest first. */
  recent: SpokenLine[];
  participants: Participant[];
  /** What the documents hold on it, best first; null when nobody looked or the search failed. */
  hits: SearchHit[] | null;
  /** Least relevance of a passage that answers a question. */
  factMinScore: number;
  /** Least relevance of a passage on a topic that nobody asked about. */
  topicMinScore: number;
}

/** A suggestion before it has an id and a state. */
export interface Draft {
  kind: SuggestionKind;
  text: string;
  arguments: ActionArguments;
  confidence: number;
  reasons: string[];
  citations: Citation[];
}

/** Looks at one line and proposes, or not. Pure: what it needs is in the context. */
export type Planner = (context: PlanningContext) => Draft | null;
