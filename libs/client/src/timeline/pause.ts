const FIRST_MS = 500;
const LONGEST_MS = 10_000;

/**
 * How long to wait before the connection is tried again: doubling, with jitter so that many viewers do not come
 * back at once, or what the service asked for.
 * @param failures in a row, counted from 0.
 */
export function retryDelayMs(failures: number, askedSeconds?: number): number {
  if (askedSeconds !== undefined) return askedSeconds * 1_000;
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** failures);
  return full / 2 + (Math.random() * full) / 2;
}

/** Waits, or until `signal` fires. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
