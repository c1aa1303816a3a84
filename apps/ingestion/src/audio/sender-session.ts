import type { AudioIntake } from './audio-intake';

/** Whoever sends on a channel, as what holds the channel talks to it. */
export interface SenderSession {
  /** So much of the channel is durable. */
  acknowledge(offsetMs: number): void;
  /** Nothing more is taken. */
  fail(error: unknown): void;
  /** The meeting has ended: what was sent so far counts. Resolves once it is durable and the channel let go. */
  end(): Promise<void>;
  /** The same sender is back on another connection, and sends there what is not durable yet. */
  supersede(): Promise<void>;
}

/** What a session needs of the channel that it sends on. */
export interface HeldChannel {
  readonly intake: AudioIntake;
  /** The sender left; `ended` when it said `stop`. Runs once, after everything taken is durable. */
  finish(ended: boolean): Promise<void>;
}
