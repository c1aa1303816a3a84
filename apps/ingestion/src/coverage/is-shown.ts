import type { CoverageSpan } from '@parley/contracts';

/** asr tells of silence every two seconds, and whoever opens a meeting late reads all that was shown of it. */
const SILENCE_SHOWN_EVERY_MS = 10_000;

/**
 * Whether a meeting's viewers are told when this span comes: of silence only when it begins the meeting or reaches its next ten
 * seconds. What they are told is how the whole meeting stands, so nothing is missing for longer.
 */
export function isShown({ state, startMs, endMs }: CoverageSpan): boolean {
  const stepAt = (ms: number): number => Math.floor(ms / SILENCE_SHOWN_EVERY_MS);
  return state !== 'silence' || startMs === 0 || stepAt(endMs) > stepAt(startMs);
}
