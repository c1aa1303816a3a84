import type { CoverageSpan, OverlapSpan, Word } from '@parley/contracts';
import type { VoicesState } from '../voices/voice-tracker';
import type { AgreedText } from './agreed-words';
import type { UtteranceBounds } from './endpointer';

/** What became of the next stretch of a channel: all of it, or nothing, is written. */
export interface Outcome {
  /** Contiguous; the last one ends at `checkpointMs`. */
  spans: CoverageSpan[];
  checkpointMs: number;
  /** What was said in it, in order: several when speakers changed. */
  finals: readonly Final[];
  /** What is known of the channel's voices from here on, where they are told apart. */
  voices?: Voices;
  /** The channel is drained. */
  completed?: true;
}

/** What a channel's voices are, and those of which enough was heard to call them somebody. */
export interface Voices {
  state: VoicesState;
  sure: ReadonlySet<string>;
}

/** A text, and where it was said. */
export interface Spoken {
  bounds: UtteranceBounds;
  text: string;
  /** Name of the engine that heard it. */
  engine: string;
}

/** What an utterance sounds like so far: its confirmed words, and behind them what may still change. */
export interface Draft extends Spoken, AgreedText {
  /** What the engine heard this time, which may contradict confirmed words. */
  heard: string;
}

export interface Final extends Spoken {
  words: Word[];
  confidence?: number;
  /** Another engine was to hear it and could not. */
  degraded: boolean;
  /** Whose voice it is, null when nobody can say; absent on a channel of one's own. */
  voiceId?: string | null;
  /** Where several spoke at once; absent where that was not noticed. */
  overlaps?: OverlapSpan[];
}

/** Where a listener hands over what it understood. */
export interface OutcomeSink {
  /** Outcomes of a channel come one after the other, in order. */
  settle(outcome: Outcome): Promise<void>;
  /** What the utterance in hand sounds like so far; losing one does no harm. */
  draft(draft: Draft): void;
}
