const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 5_000;

/** A server that is away, starting, going or full: SQLSTATE 08, 57P0x and 53300, and the socket's own words. */
const PASSING_CODE =
  /^(08...|57P0.|53300|ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|EHOSTUNREACH)$/;
/** The driver gives these no code. */
const PASSING_WORDS = /connection terminated|timeout exceeded|timeout expired/i;

/** Whether trying again later may help. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? PASSING_CODE.test(code) : PASSING_WORDS.test(error.message);
}

/** Exponential, with jitter, so that six services do not knock at the same moment. */
export function reconnectDelayMs(attempt: number): number {
  const longestMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
  return Math.round(longestMs * (0.5 + Math.random() / 2));
}
