import type { StoredAnswer } from '../answer';

/** Who works on a request with a key. */
export interface Mark {
  /** Of this one request; only it may complete or free the key. */
  token: string;
  /** Of the payload. */
  fingerprint: string;
}

/** What became of an attempt to claim a key. */
export type Claim =
  | { state: 'claimed' }
  | { state: 'in-flight'; fingerprint: string }
  | { state: 'done'; fingerprint: string; answer: StoredAnswer };

/** An answer on its way into the store. */
export interface Completion extends Mark {
  answer: StoredAnswer;
  /** The answer goes when one of these is forgotten. */
  meetingIds: readonly string[];
}

/**
 * Keeps which keys are worked on and what was answered. Every method is atomic.
 * A slot names a key in its scope (`slotOf`).
 */
export abstract class IdempotencyStore {
  /** Claims a slot that is free for `lifeMs`; exactly one of many gets `claimed`. */
  abstract claim(slot: string, mark: Mark, lifeMs: number): Promise<Claim>;

  /** Keeps a claimed slot for `lifeMs` from now, also when the store has lost it; false when another has it. */
  abstract hold(slot: string, mark: Mark, lifeMs: number): Promise<boolean>;

  /**
   * Stores the answer for `ttlMs`; false when another has the slot by now. Nothing is stored, and the slot is free,
   * when a meeting that the answer belongs to was forgotten while the request ran.
   */
  abstract complete(slot: string, completion: Completion, ttlMs: number): Promise<boolean>;

  /** Frees a claimed slot: nothing was done. False when the claim is another's. */
  abstract release(slot: string, token: string): Promise<boolean>;

  /**
   * Erases the answers that belong to a meeting, and those of requests that still run: they will not be stored
   * within `ttlMs`, the time for which answers are kept.
   * @returns how many answers went.
   */
  abstract forgetMeeting(meetingId: string, ttlMs: number): Promise<number>;
}
