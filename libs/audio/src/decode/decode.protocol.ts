import type { DecodeFailure } from './decode-failure';

export interface DecodeTask {
  file: Uint8Array;
  longestMs: number;
}

/** What is said to the decoding thread: it decodes no further than it is asked to. */
export const MORE = 'more';

/** What it answers: first what the file is, then pieces of 16 kHz mono s16le in order, then how it ended. */
export type DecodeMessage =
  | { type: 'opened' | 'needs-ffmpeg'; statedMs: number | null }
  | { type: 'pcm'; pcm: Uint8Array }
  | { type: 'done' }
  | { type: 'failed'; failure: DecodeFailure; reason: string };
