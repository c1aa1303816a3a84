import type { SpokenBefore } from './intent/context/context-signs';

/** What is known about the meeting that an utterance was spoken in. */
export interface AnalysisContext {
  /** When it was spoken: relative dates count from here. */
  at: Date;
  /** IANA name of the zone in which spoken dates are meant. */
  timeZone: string;
  /** Who takes part: their names beat whatever a model thinks of a word. */
  participants: readonly KnownPerson[];
  /** What the utterance before leaves to this one. Default: nothing is known of it. */
  before?: SpokenBefore | null;
}

export interface KnownPerson {
  name: string;
  email?: string;
}
