import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { Envelope, EventType, Topic } from '@parley/contracts';
import { topicOf } from '@parley/contracts';
import { logEvent } from '@parley/observability';
import { assertRedisReady, closeRedis, createRedis, whenReady } from '@parley/redis';
import type Redis from 'ioredis';
import { BusClosedError } from '../delivery/bus-errors';
import { EventTaker } from '../delivery/event-taker';
import { nobodyListens, type GroupListener, type GroupState } from '../delivery/group-listener';
import type {
  EventBus,
  EventHandler,
  FileRewrite,
  Forgetting,
  Forgotten,
  Subscription,
} from '../event-bus';
import { forgetMeeting } from './forget-meeting';
import { RedisDeadLetters } from './redis-dead-letters';
import { StreamConsumer, type StreamConsumerOptions } from './stream-consumer';
import { readGroupState, StreamGroup } from './stream-group';
import { dataIdKey, streamOf } from './stream-keys';

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
  readonly deadLetters: RedisDeadLetters;
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
      // With five deliveries about forty seconds.
      firstRetryMs: 500,
      retryFactor: 4,
      longestRetryMs: claimIdleMs,
      outageRetryMs: 2_000,
      concurrency: 16,
      closeWaitMs: 10_000,
      claimIdleMs,
      blockMs: 2_000,
      tidyEveryMs: 60_000,
      ...given,
    };
    this.commands = createRedis(options.url, { name });
    this.deadLetters = new RedisDeadLetters(this.commands, prefix);
  }

  async publish(...events: Envelope[]): Promise<void> {
    if (this.closing) throw new BusClosedError();
    const pipeline = this.commands.pipeline();
    for (const event of events) {
      const stream = streamOf(this.prefix, topicOf(event.type));
      pipeline.xadd(stream, ...['*', 'type', event.type, 'event', JSON.stringify(event)]);
    }
    for (const [error] of (await pipeline.exec()) ?? []) if (error) throw error;
  }

  /** @throws Error when Redis cannot be reached within half a minute. */
  async subscribe(options: {
    group: string;
    topics: readonly Topic[];
    types: readonly EventType[];
    handler: EventHandler;
    listener?: GroupListener;
  }): Promise<Subscription> {
    if (this.closing) throw new BusClosedError();
    if (options.topics.length === 0) return { close: () => Promise.resolve() };
    await whenReady(this.commands, START_WAIT_MS);
    const reader = createRedis(this.options.url, {
      name: `${this.options.name}:events`,
      blockMs: this.consumerOptions.blockMs,
    });
    const consumerName = `${hostname()}-${process.pid}-${randomBytes(4).toString('hex')}`;
    const topics = new Map(options.topics.map((topic) => [streamOf(this.prefix, topic), topic]));
    const streams = [...topics.keys()];
    const group = new StreamGroup(this.commands, reader, options.group, consumerName, streams);
    const taker = new EventTaker(options.types, options.handler, options.group);
    const consumer = new StreamConsumer(
      group,
      taker,
      this.consumerOptions,
      (stream) => topics.get(stream) as Topic,
      options.listener ?? nobodyListens,
    );
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

  async state(group: string, topics: readonly Topic[]): Promise<GroupState[]> {
    const states = await Promise.all(
      topics.map(async (topic) => {
        const state = await readGroupState(this.commands, streamOf(this.prefix, topic), group);
        return state ? [{ topic, ...state }] : [];
      }),
    );
    return states.flat();
  }

  /** Waits until Redis can be used, longest `waitMs`. @throws the reason of `signal`, or of the wait's end. */
  ready(waitMs: number, signal?: AbortSignal): Promise<void> {
    return whenReady(this.commands, waitMs, signal);
  }

  async dataId(): Promise<string> {
    const fresh = randomBytes(16).toString('hex');
    const known = await this.commands.call('SET', dataIdKey(this.prefix), fresh, 'NX', 'GET');
    return typeof known === 'string' ? known : fresh;
  }

  forget(meetingId: string, which?: Forgetting): Promise<Forgotten> {
    return forgetMeeting(this.commands, this.prefix, meetingId, which);
  }

  async rewriteFiles(): Promise<FileRewrite> {
    const about = await this.commands.info('persistence');
    if (!about.includes('aof_enabled:1')) return 'no-files';
    try {
      await this.commands.bgrewriteaof();
      return 'requested';
    } catch (error) {
      logEvent('bus.files-not-rewritten', { err: error });
      return 'refused';
    }
  }

  async ping(): Promise<void> {
    assertRedisReady(this.commands);
    await this.commands.ping();
  }

  close(): Promise<void> {
    this.closing ??= Promise.all([...this.subscriptions].map((close) => close())).then(() =>
      closeRedis(this.commands),
    );
    return this.closing;
  }
}
