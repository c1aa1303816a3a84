const FIRST_MS = 100;
/** A service serves within five seconds of Redis' return. */
const LONGEST_MS = 3_000;

/** Wait before reconnect attempt `attempt` (from 1): doubles up to 3 s, half of it random. */
export function reconnectDelayMs(attempt: number): number {
  const fullMs = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1));
  // Half random, so that the replicas of a service do not all knock at the same moment.
  return Math.round(fullMs * (0.5 + Math.random() / 2));
}
