const FIRST_WAIT_MS = 200;
/** A service serves within five seconds of the server's return. */
const LONGEST_WAIT_MS = 3_000;

/** Why the server does not serve us, by SQLSTATE or the socket's code; words for logs and `/health`. */
const REASONS: [code: RegExp, reason: string][] = [
  [/^28...$/, 'authentication failed'],
  [/^3D000$/, 'the database does not exist'],
  [/^53300$/, 'too many connections'],
  [/^57P03$/, 'starting up'],
  [/^57P0.$/, 'shutting down'],
  [/^53100$/, 'its disk is full'],
  [/^25006$/, 'read-only'],
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'its host name is not known'],
  [/^(08...|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH)$/, 'unreachable'],
];

/** The drivers give these no code. */
const LOST_CONNECTION = /connection terminated|not queryable|driver not connected/i;
const TOO_SLOW = /timeout exceeded|timeout expired/i;

/**
 * Why the database cannot be used at present, or null when `error` says something else. All of it may
 * pass without a change here: also a wrong password, once the right one is set on the server.
 * Never holds an address, a name or a password.
 */
export function databaseAwayReason(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') {
    return REASONS.find(([pattern]) => pattern.test(code))?.[1] ?? null;
  }
  if (LOST_CONNECTION.test(error.message)) return 'unreachable';
  return TOO_SLOW.test(error.message) ? 'no answer in time' : null;
}

/** Whether the server answers and reads, and takes no writes: its disk is full, or it is a standby. */
export function databaseTakesNoWrites(error: unknown): boolean {
  const reason = databaseAwayReason(error);
  return reason === 'its disk is full' || reason === 'read-only';
}

/** Exponential, with jitter, so that six services do not knock at the same moment. */
export function reconnectDelayMs(attempt: number): number {
  const longestMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
  return Math.round(longestMs * (0.5 + Math.random() / 2));
}
