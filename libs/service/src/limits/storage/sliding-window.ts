import type { ThrottlerStorage } from '@nestjs/throttler';

/** What `ThrottlerStorage.increment` answers. */
export type HitRecord = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/** One caller's count: the running window and how many hits the one before it had. */
export interface SlidingWindow {
  startMs: number;
  hits: number;
  hitsBefore: number;
}

/**
 * Moves a window on to `nowMs`. The next one begins where the last ended, so that nothing is forgotten at the
 * edge; after a whole quiet window everything is.
 */
export function advance(window: SlidingWindow, nowMs: number, lengthMs: number): void {
  const elapsedMs = nowMs - window.startMs;
  if (elapsedMs < lengthMs) return;
  const next = elapsedMs < 2 * lengthMs;
  window.startMs = next ? window.startMs + lengthMs : nowMs;
  window.hitsBefore = next ? window.hits : 0;
  window.hits = 0;
}

/**
 * Counts a hit unless the limit is reached; a refused hit is not counted.
 *
 * The hits of the window before fade out evenly while the running one passes: a burst is never larger than
 * the limit, also over the edge, and a caller who used all of a window up gets the next one bit by bit.
 * `window` must have been advanced to `nowMs`.
 */
export function hit(
  window: SlidingWindow,
  nowMs: number,
  lengthMs: number,
  limit: number,
): HitRecord {
  const passedMs = nowMs - window.startMs;
  const used = window.hits + fading(window.hitsBefore, passedMs, lengthMs);
  if (used >= limit) return refused(used, waitMs(window, passedMs, lengthMs, limit));
  window.hits += 1;
  return counted(used + 1, lengthMs - passedMs);
}

/** How many hits of the window before still count. A millisecond early, so that waiting for the edge is enough. */
function fading(hitsBefore: number, passedMs: number, lengthMs: number): number {
  return Math.floor((hitsBefore * (lengthMs - 1 - passedMs)) / lengthMs);
}

/** Time until the next hit would be counted, if nobody else came. */
function waitMs(window: SlidingWindow, passedMs: number, lengthMs: number, limit: number): number {
  const { hits, hitsBefore } = window;
  if (hits < limit) return freeAtMs(hitsBefore, limit - hits, lengthMs) - passedMs;
  return lengthMs - passedMs + freeAtMs(hits, limit, lengthMs);
}

/** How far a window must have passed until fewer than `below` of the `hitsBefore` count. */
function freeAtMs(hitsBefore: number, below: number, lengthMs: number): number {
  return Math.max(0, Math.floor(lengthMs - (lengthMs * below) / hitsBefore));
}

/** The record of a hit that was counted as the `used`-th. */
export function counted(used: number, leftMs: number): HitRecord {
  return {
    totalHits: used,
    timeToExpire: wholeSeconds(leftMs),
    isBlocked: false,
    timeToBlockExpire: 0,
  };
}

/** The record of a hit that was refused; both times are the same, so that the headers cannot disagree. */
export function refused(used: number, waitMs: number): HitRecord {
  const seconds = wholeSeconds(waitMs);
  return { totalHits: used, timeToExpire: seconds, isBlocked: true, timeToBlockExpire: seconds };
}

/** Rounded up: who waits as long as it was told is never early. */
function wholeSeconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1_000));
}
