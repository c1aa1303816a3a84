import { topicOf, type Envelope, type EventType, type Topic } from '@parley/contracts';
import { BusClosedError, GroupAwayError } from '../delivery/bus-errors';
import { EventTaker, type RawEvent } from '../delivery/event-taker';
import { nobodyListens, type GroupListener, type GroupState } from '../delivery/group-listener';
import type {
  EventBus,
  EventHandler,
  FileRewrite,
  Forgetting,
  Forgotten,
  Subscription,
} from '../event-bus';
import { MemoryDeadLetters } from './memory-dead-letters';
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
  outageRetryMs: 1_000,
  concurrency: 8,
  closeWaitMs: 10_000,
  maxQueued: 10_000,
};

/**
 * Event bus within one process. `publish` resolves when every group has acknowledged the event or given it
 * up, and rejects while a group that takes it is stopped: the publisher's outbox is what keeps it then.
 */
export class MemoryEventBus implements EventBus {
  readonly mode = 'embedded';
  readonly deadLetters = new MemoryDeadLetters((name, topic, raw) => {
    const group = this.groups.get(name);
    return group ? group.deliver(topic, raw) : Promise.reject(new GroupAwayError(name));
  });
  private readonly options: MemoryGroupOptions;
  private readonly awaitMs: number;
  private readonly groups = new Map<string, MemoryGroup>();
  private readonly missing: Set<string>;
  private readonly leaving = new Set<() => Promise<void>>();
  private readonly awaiting = new Set<() => void>();
  private closed = false;

  constructor({ awaitGroups = [], awaitMs = 30_000, ...options }: MemoryEventBusOptions = {}) {
    this.options = { ...defaults, ...options };
    this.awaitMs = awaitMs;
    this.missing = new Set(awaitGroups);
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
    listener?: GroupListener;
  }): Promise<Subscription> {
    if (this.closed) return Promise.reject(new BusClosedError());
    const group =
      this.groups.get(options.group) ??
      new MemoryGroup(options.group, this.options, (letter) => {
        this.deadLetters.add(letter);
      });
    this.groups.set(options.group, group);
    const taker = new EventTaker(options.types, options.handler, options.group);
    const leave = group.join(options.topics, taker, options.listener ?? nobodyListens);
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

  state(group: string, topics: readonly Topic[]): Promise<GroupState[]> {
    const found = this.groups.get(group);
    const known = topics.filter((topic) => found?.takes(topic));
    return Promise.resolve(
      known.flatMap((topic) => {
        return found
          ? [{ topic, ...found.state(topic), deadLetters: this.deadLetters.count(topic) }]
          : [];
      }),
    );
  }

  /** What is published was handled already. */
  dataId(): Promise<null> {
    return Promise.resolve(null);
  }

  /** What is under way is let run: its handlers find no meeting any more. */
  forget(meetingId: string, which?: Forgetting): Promise<Forgotten> {
    // Nothing waits: publishing means that every group has acknowledged.
    return Promise.resolve({ went: this.deadLetters.forget(meetingId, which), waiting: 0 });
  }

  rewriteFiles(): Promise<FileRewrite> {
    return Promise.resolve('no-files');
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
}
