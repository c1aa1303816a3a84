import type { Speaker } from '@parley/contracts';

/** One entry of a meeting's audio stream. Positions are milliseconds from the meeting's start. */
export type AudioEntry =
  /** 16 kHz mono signed 16-bit little-endian samples that begin at `startMs`. */
  | { kind: 'audio'; channel: string; startMs: number; pcm: Buffer }
  /** The sender says that `[startMs, endMs)` was never captured. */
  | { kind: 'gap'; channel: string; startMs: number; endMs: number }
  /** Somebody else has heard this already: it comes as text, in any order. */
  | CaptionEntry
  /** The channel is complete at `endMs`: nothing follows. */
  | { kind: 'end'; channel: string; endMs: number };

export interface CaptionEntry {
  kind: 'caption';
  channel: string;
  /** Of the channel: what comes again under it, later, takes its place. */
  id: string;
  /** When it was taken in, milliseconds since 1970. */
  at: number;
  startMs: number;
  endMs: number;
  speaker: Speaker | null;
  text: string;
}

/** Bytes of one millisecond of samples. */
const BYTES_PER_MS = 32;

/** Where the audio of an entry ends; a caption has none. */
export function endOfAudio(entry: AudioEntry): number {
  switch (entry.kind) {
    case 'audio':
      return entry.startMs + entry.pcm.length / BYTES_PER_MS;
    case 'caption':
      return 0;
    case 'gap':
    case 'end':
      return entry.endMs;
  }
}

/** What a caption takes besides its text: names, ids and times. */
export const CAPTION_BYTES = 256;

/** How much of what a log may hold an entry takes: its samples, or its text and what comes with it. */
export function heldBytesOf(entry: AudioEntry): number {
  switch (entry.kind) {
    case 'audio':
      return entry.pcm.length;
    case 'caption':
      return Buffer.byteLength(entry.text) + CAPTION_BYTES;
    case 'gap':
    case 'end':
      return 0;
  }
}

export interface StoredAudioEntry {
  /** Ordered within the meeting; opaque. */
  id: string;
  entry: AudioEntry;
}

/**
 * The audio of live meetings, `parley:audio:<meetingId>`: appended by ingestion, read from a
 * checkpoint by the asr replica that holds the session, trimmed behind it.
 * Adapters: Redis Streams, and in memory.
 */
export abstract class AudioLog {
  /** Resolves with the entry's id once it is stored. @throws AudioForgottenError for a meeting that is erased. */
  abstract append(meetingId: string, entry: AudioEntry): Promise<string>;
  /**
   * Entries after `afterId` (`null`: from the oldest kept), all channels, oldest first, at most `limit`; waits up to `waitMs`
   * for the first one and resolves with none when time is up or `signal` fires.
   */
  abstract read(
    meetingId: string,
    afterId: string | null,
    options: { waitMs: number; limit: number; signal?: AbortSignal },
  ): Promise<StoredAudioEntry[]>;
  /** Forgets everything up to and including `throughId`. */
  abstract trim(meetingId: string, throughId: string): Promise<void>;
  /** Where what was appended of `channel` ends, trimmed or not; 0 when nothing is known of it. */
  abstract receivedMs(meetingId: string, channel: string): Promise<number>;
  /** How many bytes of `channel` are held, samples or text, that nobody has trimmed. */
  abstract heldBytes(meetingId: string, channel: string): Promise<number>;
  abstract delete(meetingId: string): Promise<void>;
  /** Deletes it for good: whatever is appended within a day is refused. @returns how many entries went. */
  abstract forget(meetingId: string): Promise<number>;
  abstract close(): Promise<void>;
}
