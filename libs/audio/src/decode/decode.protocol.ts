import type { DecodeFailure } from './decode-failure';

export interface DecodeTask {
  file: Uint8Array;
  longestMs: number;
}

/** What the decoding thread says: pieces of 16 kHz mono s16le in order, then how it ended. */
export type DecodeMessage =
  | { type: 'pcm'; pcm: Uint8Array }
  | { type: 'done' }
  | { type: 'failed'; failure: DecodeFailure; reason: string };
