/** However long a provider asks us to wait, or doubling would make it. */
export const LONGEST_WAIT_MS = 3_600_000;

export interface BackoffOptions {
  /** The longest wait after the first failure; then doubled. Unit: milliseconds. */
  baseMs: number;
  /** At least 0 and less than 1. */
  random: () => number;
}

/** Exponential with jitter: between half of `base * 2^(n-1)` and all of it, `n` failures in. Unit: milliseconds. */
export function backoffMs(failures: number, { baseMs, random }: BackoffOptions): number {
  const fullMs = Math.min(LONGEST_WAIT_MS, baseMs * 2 ** (failures - 1));
  return Math.round(fullMs * (0.5 + random() / 2));
}
