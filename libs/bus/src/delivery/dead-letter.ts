/** A message that a group gave up on, kept so that a person can look at it and replay it. */
export interface DeadLetter {
  topic: string;
  /** The consumer group that gave up; others may have handled the message. */
  group: string;
  /** Why, in one line: the error's name and message, shortened. */
  reason: string;
  deliveries: number;
  /** What was published, as it was. */
  event: string;
}

const LONGEST_REASON = 500;

/** Says in one bounded line why a message was given up. */
export function reasonOf(error: unknown): string {
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return reason.replace(/\s+/g, ' ').slice(0, LONGEST_REASON);
}
