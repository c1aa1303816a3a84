/** Voices are compared over windows of one length: how alike they are depends on it. */
export const WINDOW_MS = 1_500;
export const WINDOW_STEP_MS = 250;
/** The last windows of an utterance are shorter, down to this. */
const SHORTEST_MS = 500;

/** Who speaks around `middleMs` of an utterance sounds like `vector`. */
export interface VoiceWindow {
  middleMs: number;
  vector: Float32Array;
  /** Somebody else is heard in it, too: nothing is learnt from it. */
  mixed?: boolean;
}

export interface WindowPlace {
  startMs: number;
  endMs: number;
}

/** The windows of an utterance of that length. */
export function windowPlaces(lengthMs: number): WindowPlace[] {
  const places: WindowPlace[] = [];
  for (let startMs = 0; startMs + SHORTEST_MS < lengthMs; startMs += WINDOW_STEP_MS) {
    places.push({ startMs, endMs: Math.min(lengthMs, startMs + WINDOW_MS) });
  }
  return places;
}
