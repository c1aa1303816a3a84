import type { Envelope, EventType, Topic } from '@parley/contracts';

/** Takes one event; the bus acknowledges it when this resolves and delivers it again when it rejects. */
export type EventHandler = (event: Envelope) => Promise<void>;

export interface Subscription {
  /** Stops reading, waits for the handlers in hand, then resolves. May be called twice. */
  close(): Promise<void>;
}

/**
 * At-least-once delivery of events, one copy to each consumer group, in no promised order.
 * Adapters: Redis Streams, and in memory for a single process.
 */
export abstract class EventBus {
  /** `embedded` when nothing outlives this process. */
  abstract readonly mode: 'redis' | 'embedded';

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
  }): Promise<Subscription>;

  /** @throws when the transport cannot be reached. */
  abstract ping(): Promise<void>;

  abstract close(): Promise<void>;
}
