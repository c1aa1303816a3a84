/** What is known about the meeting that an utterance was spoken in. */
export interface AnalysisContext {
  /** When it was spoken: relative dates count from here. */
  at: Date;
  /** IANA name of the zone in which spoken dates are meant. */
  timeZone: string;
  /** Who takes part: their names beat whatever a model thinks of a word. */
  participants: readonly KnownPerson[];
}

export interface KnownPerson {
  name: string;
  email?: string;
}
