import { InvalidEventError, type Topic } from '@parley/contracts';
import { describeError } from '@parley/observability';

/** A message that a group gave up on, kept so that a person can look at it and replay it. */
export interface DeadLetter {
  /** Unique in its topic; later ones sort after earlier ones, see `compareLetterIds`. */
  id: string;
  topic: Topic;
  /** The consumer group that gave up; others may have handled the message. */
  group: string;
  /** Why, in one line, without a word of what the message holds. */
  reason: string;
  deliveries: number;
  diedAt: Date;
  /** What was published, as it was. */
  event: string;
}

/** The dead letters of all groups. */
export interface DeadLetters {
  /** Of one topic, newest first; `upTo` is the id of the newest wanted. Default: at most 100. */
  list(topic: Topic, options?: { limit?: number; upTo?: string }): Promise<DeadLetter[]>;
  find(topic: Topic, id: string): Promise<DeadLetter | null>;
  /**
   * Hands the message once more to the group that gave it up, and to no other; if it fails again it comes back
   * as a new letter. @returns false when it is not there any more.
   */
  replay(topic: Topic, id: string): Promise<boolean>;
  /** Throws it away. @returns false when it is not there any more. */
  discard(topic: Topic, id: string): Promise<boolean>;
}

const LONGEST_REASON = 500;
const ID = /^(\d{1,15})-(\d{1,15})$/;

/**
 * Says in one bounded line why a message was given up, and quotes nothing that was said. Where in the code is in
 * the log only, under the message's id: letters are read over the API.
 */
export function reasonOf(error: unknown): string {
  const { name, code, message } = describeError(error);
  const said = error instanceof InvalidEventError ? error.message : message;
  const parts = [
    code === undefined ? name : `${name} ${code}`,
    ...(said === undefined ? [] : [said]),
  ];
  return parts.join(': ').replace(/\s+/g, ' ').slice(0, LONGEST_REASON);
}

export function isLetterId(text: string): boolean {
  return ID.test(text);
}

/** When the letter with this id was written. */
export function diedAt(id: string): Date {
  return new Date(Number(ID.exec(id)?.[1] ?? 0));
}

/** Below 0 when `a` is the older one. */
export function compareLetterIds(a: string, b: string): number {
  const [, aMs, aSequence] = ID.exec(a) ?? [];
  const [, bMs, bSequence] = ID.exec(b) ?? [];
  return Number(aMs) - Number(bMs) || Number(aSequence) - Number(bSequence);
}
