import type { Envelope, EventType, Topic } from '@parley/contracts';
import type { DeadLetters } from './delivery/dead-letter';
import type { GroupListener, GroupState } from './delivery/group-listener';

/** Takes one event; the bus acknowledges it when this resolves and delivers it again when it rejects. */
export type EventHandler = (event: Envelope) => Promise<void>;

/** Which messages of a meeting are taken away, where not all are. */
export interface Forgetting {
  /** Whether somebody waits for them or not. */
  types: readonly EventType[];
  /** Only what every group has acknowledged. */
  onceRead: readonly EventType[];
}

/** What came of forgetting a meeting's messages. */
export interface Forgotten {
  /** How many went. */
  went: number;
  /** How many would go, had every group acknowledged them. */
  waiting: number;
}

export interface Subscription {
  /** Stops reading, waits for the handlers in hand, then resolves. May be called twice. */
  close(): Promise<void>;
}

/** What came of asking for it; `no-files` where the transport appends to none. */
export type FileRewrite = 'no-files' | 'requested' | 'refused';

/**
 * At-least-once delivery of events, one copy to each consumer group, in no promised order.
 * Adapters: Redis Streams, and in memory for a single process.
 */
export abstract class EventBus {
  /** `embedded` when nothing outlives this process. */
  abstract readonly mode: 'redis' | 'embedded';

  /** What groups gave up on. */
  abstract readonly deadLetters: DeadLetters;

  /**
   * Resolves when the bus has taken responsibility: written to Redis, or, in memory, acknowledged by
   * every group's handler.
   */
  abstract publish(...events: Envelope[]): Promise<void>;

  /** Reads `topics` as one consumer of `group`; only events whose type is in `types` reach `handler`. */
  abstract subscribe(options: {
    group: string;
    topics: readonly Topic[];
    types: readonly EventType[];
    handler: EventHandler;
    listener?: GroupListener;
  }): Promise<Subscription>;

  /** How far `group` is; topics that it has not subscribed are left out. */
  abstract state(group: string, topics: readonly Topic[]): Promise<GroupState[]>;

  /**
   * Tells one set of stored messages from another: it changes when the transport comes back without what it held.
   * Null where nothing is held beyond `publish`, so that nothing of it can be lost.
   */
  abstract dataId(): Promise<string | null>;

  /**
   * Takes away what is kept of a meeting: messages, also such as nobody has read yet, and dead letters. That it was
   * erased stays. @param which only these.
   */
  abstract forget(meetingId: string, which?: Forgetting): Promise<Forgotten>;

  /**
   * Has the transport write its files anew, without what was taken away. `refused`: it does so already, or may not;
   * ask again later.
   */
  abstract rewriteFiles(): Promise<FileRewrite>;

  /** @throws when the transport cannot be reached. */
  abstract ping(): Promise<void>;

  abstract close(): Promise<void>;
}
