/** Longer recordings are refused. */
export const LONGEST_AUDIO_MS = 3 * 3_600_000;
/** Larger files are refused before they are read. */
export const LARGEST_AUDIO_BYTES = 2_000_000_000;
/** Three hours of AAC take a few minutes on one slow core. */
export const LONGEST_DECODE_MS = 20 * 60_000;
