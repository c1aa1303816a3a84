import { Logger } from '@nestjs/common';
import { topicOf, type Envelope, type EventType, type Topic } from '@parley/contracts';
import { BusClosedError, GroupAwayError } from '../delivery/bus-errors';
import type { DeadLetter } from '../delivery/dead-letter';
import { EventTaker, type RawEvent } from '../delivery/event-taker';
import type { EventBus, EventHandler, Subscription } from '../event-bus';
import { MemoryGroup, type MemoryGroupOptions } from './memory-group';

export interface MemoryEventBusOptions extends Partial<MemoryGroupOptions> {
  /** Groups that will come: nothing is published before each of them has subscribed. */
  awaitGroups?: readonly string[];
  /** How long a publisher waits for them before it is told to come again. */
  awaitMs?: number;
}

const defaults: MemoryGroupOptions = {
  maxDeliveries: 5,
  firstRetryMs: 250,
  retryFactor: 2,
  longestRetryMs: 5_000,
  concurrency: 8,
  closeWaitMs: 10_000,
  maxQueued: 10_000,
};

const KEPT_DEAD_LETTERS = 1_000;

/**
 * Event bus within one process. `publish` resolves when every group has acknowledged the event or given it
 * up, and rejects while a group that takes it is stopped: the publisher's outbox is what keeps it then.
 */
export class MemoryEventBus implements EventBus {
  readonly mode = 'embedded';
  private readonly logger = new Logger('bus');
  private readonly options: MemoryGroupOptions;
  private readonly awaitMs: number;
  private readonly groups = new Map<string, MemoryGroup>();
  private readonly missing: Set<string>;
  private readonly leaving = new Set<() => Promise<void>>();
  private readonly letters: DeadLetter[] = [];
  private readonly awaiting = new Set<() => void>();
  private closed = false;

  constructor({ awaitGroups = [], awaitMs = 30_000, ...options }: MemoryEventBusOptions = {}) {
    this.options = { ...defaults, ...options };
    this.awaitMs = awaitMs;
    this.missing = new Set(awaitGroups);
  }

  /** The most recent messages that a group gave up on, oldest first. */
  deadLetters(topic: Topic): Promise<DeadLetter[]> {
    return Promise.resolve(this.letters.filter((letter) => letter.topic === topic));
  }

  async publish(...events: Envelope[]): Promise<void> {
    const raws = events.map((event) => ({
      topic: topicOf(event.type),
      raw: { type: event.type, json: JSON.stringify(event) },
    }));
    await this.everybodyHere();
    const taken = await Promise.allSettled(raws.map(({ topic, raw }) => this.put(topic, raw)));
    const failed = taken.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason as Error;
  }

  /** Delivers a message as it stands to every group of `topic`; `publish` is the typed way. */
  async put(topic: Topic, raw: RawEvent): Promise<void> {
    if (this.closed) throw new BusClosedError();
    const groups = [...this.groups.values()].filter((group) => group.takes(topic));
    const taken = await Promise.allSettled(groups.map((group) => group.deliver(topic, raw)));
    const failed = taken.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason as Error;
  }

  subscribe(options: {
    group: string;
    topics: readonly Topic[];
    types: readonly EventType[];
    handler: EventHandler;
  }): Promise<Subscription> {
    if (this.closed) return Promise.reject(new BusClosedError());
    const group =
      this.groups.get(options.group) ??
      new MemoryGroup(options.group, this.options, (letter) => {
        this.bury(letter);
      });
    this.groups.set(options.group, group);
    const leave = group.join(options.topics, new EventTaker(options.types, options.handler));
    let left: Promise<void> | undefined;
    const close = (): Promise<void> => {
      this.leaving.delete(close);
      return (left ??= leave());
    };
    this.leaving.add(close);
    this.missing.delete(options.group);
    if (this.missing.size === 0) this.wakePublishers();
    return Promise.resolve({ close });
  }

  ping(): Promise<void> {
    return this.closed ? Promise.reject(new BusClosedError()) : Promise.resolve();
  }

  async close(): Promise<void> {
    this.closed = true;
    this.wakePublishers();
    await Promise.all([...this.leaving].map((leave) => leave()));
  }

  private async everybodyHere(): Promise<void> {
    if (this.missing.size > 0 && !this.closed) {
      await new Promise<void>((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          this.awaiting.delete(done);
          resolve();
        };
        const timer = setTimeout(done, this.awaitMs);
        this.awaiting.add(done);
      });
    }
    if (this.closed) throw new BusClosedError();
    const [missing] = this.missing;
    if (missing !== undefined) throw new GroupAwayError(missing);
  }

  private wakePublishers(): void {
    for (const done of [...this.awaiting]) done();
  }

  private bury(letter: DeadLetter): void {
    this.letters.push(letter);
    if (this.letters.length <= KEPT_DEAD_LETTERS) return;
    this.letters.shift();
    this.logger.warn({ kept: KEPT_DEAD_LETTERS }, 'the oldest dead letter was dropped');
  }
}
