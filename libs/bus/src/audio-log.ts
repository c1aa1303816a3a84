/** One entry of a meeting's audio stream. Positions are milliseconds from the meeting's start. */
export type AudioEntry =
  /** 16 kHz mono signed 16-bit little-endian samples that begin at `startMs`. */
  | { kind: 'audio'; channel: string; startMs: number; pcm: Buffer }
  /** The sender says that `[startMs, endMs)` was never captured. */
  | { kind: 'gap'; channel: string; startMs: number; endMs: number }
  /** The channel is complete at `endMs`: nothing follows. */
  | { kind: 'end'; channel: string; endMs: number };

/** Bytes of one millisecond of samples. */
const BYTES_PER_MS = 32;

/** Where an entry ends. */
export function endOfAudio(entry: AudioEntry): number {
  return entry.kind === 'audio' ? entry.startMs + entry.pcm.length / BYTES_PER_MS : entry.endMs;
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
  /** How many milliseconds of `channel` are held that nobody has trimmed. */
  abstract backlogMs(meetingId: string, channel: string): Promise<number>;
  abstract delete(meetingId: string): Promise<void>;
  /** Deletes it for good: whatever is appended within a day is refused. @returns how many entries went. */
  abstract forget(meetingId: string): Promise<number>;
  abstract close(): Promise<void>;
}
