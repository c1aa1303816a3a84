/** No moment of a meeting is later. */
export const LONGEST_MEETING_MS = 24 * 3_600_000;
