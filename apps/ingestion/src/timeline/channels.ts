/** Carries new entries to the replicas whose viewers wait for them. */
export const TIMELINE_CHANNEL = 'timeline';
/** asr's provisional text; passed on, never stored. */
export const PARTIAL_CHANNEL = 'segment.partial';
