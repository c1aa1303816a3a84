import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { Envelope, EventType, Topic } from '@parley/contracts';
import { topicOf } from '@parley/contracts';
import { closeRedis, createRedis, whenReady } from '@parley/redis';
import type Redis from 'ioredis';
import { BusClosedError } from '../delivery/bus-errors';
import type { DeadLetter } from '../delivery/dead-letter';
import { EventTaker } from '../delivery/event-taker';
import type { EventBus, EventHandler, Subscription } from '../event-bus';
import { StreamConsumer, type StreamConsumerOptions } from './stream-consumer';
import { StreamGroup } from './stream-group';
import { deadStreamOf, streamOf } from './stream-keys';

export interface RedisEventBusOptions extends Partial<StreamConsumerOptions> {
  url: string;
  /** Who connects, as `CLIENT LIST` shows it. */
  name: string;
  /** First part of every key. Default: `parley`. */
  prefix?: string;
}

const CLAIM_IDLE_MS = 30_000;
const START_WAIT_MS = 30_000;

/** Event bus on Redis Streams: a topic is a stream, a service a consumer group, a replica a consumer. */
export class RedisEventBus implements EventBus {
  readonly mode = 'redis';
  private readonly prefix: string;
  private readonly consumerOptions: StreamConsumerOptions;
  private readonly commands: Redis;
  private readonly subscriptions = new Set<() => Promise<void>>();
  private closing: Promise<void> | undefined;

  constructor(private readonly options: RedisEventBusOptions) {
    const { url: _, name, prefix = 'parley', ...given } = options;
    this.prefix = prefix;
    const claimIdleMs = given.claimIdleMs ?? CLAIM_IDLE_MS;
    this.consumerOptions = {
      maxDeliveries: 5,
      // With five deliveries about forty seconds: a database may restart without a dead letter.
      firstRetryMs: 500,
      retryFactor: 4,
      longestRetryMs: claimIdleMs,
      concurrency: 8,
      closeWaitMs: 10_000,
      claimIdleMs,
      blockMs: 2_000,
      tidyEveryMs: 60_000,
      ...given,
    };
    this.commands = createRedis(options.url, { name });
  }

  async publish(...events: Envelope[]): Promise<void> {
    if (this.closing) throw new BusClosedError();
    await Promise.all(
      events.map((event) => {
        const stream = streamOf(this.prefix, topicOf(event.type));
        return this.commands.xadd(
          stream,
          ...['*', 'type', event.type, 'event', JSON.stringify(event)],
        );
      }),
    );
  }

  /** @throws Error when Redis cannot be reached within half a minute. */
  async subscribe(options: {
    group: string;
    topics: readonly Topic[];
    types: readonly EventType[];
    handler: EventHandler;
  }): Promise<Subscription> {
    if (this.closing) throw new BusClosedError();
    if (options.topics.length === 0) return { close: () => Promise.resolve() };
    await whenReady(this.commands, START_WAIT_MS);
    const reader = createRedis(this.options.url, {
      name: `${this.options.name}:events`,
      blockMs: this.consumerOptions.blockMs,
    });
    const consumerName = `${hostname()}-${process.pid}-${randomBytes(4).toString('hex')}`;
    const streams = options.topics.map((topic) => streamOf(this.prefix, topic));
    const group = new StreamGroup(this.commands, reader, options.group, consumerName, streams);
    const taker = new EventTaker(options.types, options.handler);
    const consumer = new StreamConsumer(group, taker, this.consumerOptions);
    try {
      await group.ensure();
    } catch (error) {
      await closeRedis(reader);
      throw error;
    }
    consumer.start();
    let closed: Promise<void> | undefined;
    const close = (): Promise<void> => {
      this.subscriptions.delete(close);
      return (closed ??= consumer.close().finally(() => closeRedis(reader)));
    };
    this.subscriptions.add(close);
    return { close };
  }

  /** The most recent messages of a topic that a group gave up on, oldest first. */
  async deadLetters(topic: Topic, limit = 100): Promise<DeadLetter[]> {
    const stream = deadStreamOf(streamOf(this.prefix, topic));
    const found = await this.commands.xrevrange(stream, '+', '-', 'COUNT', limit);
    return found.reverse().map(([, fields]) => {
      const named = new Map<string, string>();
      for (let at = 0; at < fields.length; at += 2)
        named.set(fields[at] ?? '', fields[at + 1] ?? '');
      return {
        topic,
        group: named.get('group') ?? '',
        reason: named.get('reason') ?? '',
        deliveries: Number(named.get('deliveries')),
        event: named.get('event') ?? '',
      };
    });
  }

  async ping(): Promise<void> {
    await this.commands.ping();
  }

  close(): Promise<void> {
    this.closing ??= Promise.all([...this.subscriptions].map((close) => close())).then(() =>
      closeRedis(this.commands),
    );
    return this.closing;
  }
}
