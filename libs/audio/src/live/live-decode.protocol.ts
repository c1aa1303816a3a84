import type { LiveAudioFailure } from './live-audio.error';

/** How the samples are wanted: all channels as they are, or mixed into one of another rate. */
export interface LiveForm {
  monoRate: number | null;
}

/** More of a stream, or nothing: then it has ended. */
export interface LivePiece {
  id: number;
  bytes: Uint8Array | null;
}

/** What came of it. */
export type LiveAnswer =
  | { id: number; sampleRate: number; channels: Float32Array[] }
  | { id: number; failure: LiveAudioFailure };
