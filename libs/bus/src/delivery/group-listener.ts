import type { Topic } from '@parley/contracts';

/** What became of one delivery: acknowledged, to be tried again, put off for an outage, or given up. */
export type DeliveryOutcome = 'done' | 'retry' | 'put-off' | 'dead';

/** Is told what happens to a group's messages, as it happens; must not throw. */
export interface GroupListener {
  handled(topic: Topic, outcome: DeliveryOutcome, seconds: number): void;
  /** Messages that another consumer had left lying were taken over. */
  claimed(topic: Topic, count: number): void;
  /** Messages that every group has done with were removed. */
  trimmed(topic: Topic, count: number): void;
  /** Messages that this group had not acknowledged no longer exist. */
  vanished(topic: Topic, count: number): void;
  /** The transport had lost the group, and it was made again. */
  regrouped(): void;
}

/** For who has nobody to tell. */
export const nobodyListens: GroupListener = {
  handled: () => undefined,
  claimed: () => undefined,
  trimmed: () => undefined,
  vanished: () => undefined,
  regrouped: () => undefined,
};

/** How far a group is with one topic. */
export interface GroupState {
  topic: Topic;
  /** Messages that no consumer of the group was given yet. */
  lag: number;
  /** Messages that consumers were given and have not acknowledged. */
  pending: number;
  /** Age of the oldest of both; 0 when there is none. */
  oldestMs: number;
  /** Kept of all groups of the topic. */
  deadLetters: number;
}
