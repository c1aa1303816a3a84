import type { CoverageSpan, Word } from '@parley/contracts';
import type { UtteranceBounds } from './endpointer';

/** What became of the next stretch of a channel: all of it, or nothing, is written. */
export interface Outcome {
  /** Contiguous; the last one ends at `checkpointMs`. */
  spans: CoverageSpan[];
  checkpointMs: number;
  final?: Final;
  /** The channel is drained. */
  completed?: true;
}

export interface Draft {
  bounds: UtteranceBounds;
  text: string;
  /** Name of the engine that heard it. */
  engine: string;
}

export interface Final extends Draft {
  words: Word[];
  confidence?: number;
  /** Another engine was to hear it and could not. */
  degraded: boolean;
}

/** Where a listener hands over what it understood. */
export interface OutcomeSink {
  /** Outcomes of a channel come one after the other, in order. */
  settle(outcome: Outcome): Promise<void>;
  /** What the utterance in hand sounds like so far; losing one does no harm. */
  draft(draft: Draft): void;
}
