import type { Stretch } from '../speaker-engine';

/** What the x-vector worker is asked. */
export interface VoiceRequest {
  id: number;
  /** 16 kHz mono. */
  samples: Float32Array;
  stretches: readonly Stretch[];
}

/** Null where a stretch has too little speech in it. */
export type Voice = Float32Array | null;
