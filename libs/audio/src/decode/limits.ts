/** Longer recordings are refused, unless the caller says otherwise. */
export const LONGEST_AUDIO_MS = 3 * 3_600_000;
/** Larger files are refused before they are read. */
export const LARGEST_AUDIO_BYTES = 2_000_000_000;
/** Three hours of AAC take a few minutes on one slow core. Time in which nobody asks for more does not count. */
export const LONGEST_DECODE_MS = 20 * 60_000;

/** What a caller may say about a decode. */
export interface DecodeOptions {
  signal?: AbortSignal;
  /** Longer recordings are refused. Default: three hours, whose samples take 350 MB. */
  longestMs?: number;
}

/** {@link DecodeOptions} with nothing left open. */
export type DecodeBounds = Required<DecodeOptions>;

export type Pieces = AsyncGenerator<Buffer, void>;

/** A recording that can be decoded, as far as its beginning tells. */
export interface OpenedAudio {
  /** How long it says it is; null when only its end tells. */
  statedMs: number | null;
  /** 16 kHz mono s16le in order, decoded as it is asked for. */
  pieces: Pieces;
  /**
   * Lets go of what decodes it; must be called, also after the end. Returning from `pieces` would not do: of a generator that
   * nobody has asked for anything yet, that runs nothing.
   */
  close(): Promise<void>;
}
