/** Longer recordings are refused, unless the caller says otherwise. */
export const LONGEST_AUDIO_MS = 3 * 3_600_000;
/** Larger files are refused before they are read. */
export const LARGEST_AUDIO_BYTES = 2_000_000_000;
/** Three hours of AAC take a few minutes on one slow core. */
export const LONGEST_DECODE_MS = 20 * 60_000;

/** What a caller may say about a decode. */
export interface DecodeOptions {
  signal?: AbortSignal;
  /** Longer recordings are refused. Default: three hours, whose samples take 350 MB. */
  longestMs?: number;
}

/** {@link DecodeOptions} with nothing left open. */
export interface DecodeBounds {
  signal: AbortSignal | undefined;
  longestMs: number;
}
