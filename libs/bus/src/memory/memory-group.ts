import { Logger } from '@nestjs/common';
import { InvalidEventError, type Topic } from '@parley/contracts';
import { BusFullError, GroupAwayError } from '../delivery/bus-errors';
import { reasonOf, type DeadLetter } from '../delivery/dead-letter';
import { retryDelayMs, type DeliveryOptions } from '../delivery/delivery-options';
import type { EventTaker, RawEvent } from '../delivery/event-taker';
import { settled } from '../delivery/wait';

interface Job {
  topic: Topic;
  raw: RawEvent;
  deliveries: number;
  done(): void;
  failed(error: Error): void;
}

interface Consumer {
  topics: ReadonlySet<Topic>;
  taker: EventTaker;
  running: Set<Promise<void>>;
}

export interface MemoryGroupOptions extends DeliveryOptions {
  maxQueued: number;
}

/** One consumer group of the embedded bus: shares messages among its consumers and tries again. */
export class MemoryGroup {
  private readonly logger = new Logger('bus');
  private readonly queue: Job[] = [];
  private readonly resting = new Map<Job, NodeJS.Timeout>();
  /** The next to be asked stands first. */
  private consumers: Consumer[] = [];
  /** What any consumer ever took: a group that stopped must not miss a message unnoticed. */
  private readonly topics = new Set<Topic>();

  constructor(
    readonly name: string,
    private readonly options: MemoryGroupOptions,
    private readonly bury: (letter: DeadLetter) => void,
  ) {}

  takes(topic: Topic): boolean {
    return this.topics.has(topic);
  }

  /** @returns the call that leaves, once the handlers in hand have ended. */
  join(topics: readonly Topic[], taker: EventTaker): () => Promise<void> {
    const consumer: Consumer = { topics: new Set(topics), taker, running: new Set() };
    for (const topic of topics) this.topics.add(topic);
    this.consumers.push(consumer);
    return () => this.leave(consumer);
  }

  /** Resolves when a consumer acknowledged the message or it went to the dead letters. */
  deliver(topic: Topic, raw: RawEvent): Promise<void> {
    if (this.queue.length + this.resting.size >= this.options.maxQueued) {
      return Promise.reject(new BusFullError(this.name));
    }
    return new Promise((done, failed) => {
      this.queue.push({ topic, raw, deliveries: 0, done, failed });
      this.pump();
    });
  }

  private pump(): void {
    for (let job = this.queue[0]; job; job = this.queue[0]) {
      const { topic } = job;
      const able = this.consumers.filter(({ topics }) => topics.has(topic));
      const free = able.find(({ running }) => running.size < this.options.concurrency);
      if (able.length > 0 && !free) return;
      this.queue.shift();
      if (free) this.start(job, free);
      else job.failed(new GroupAwayError(this.name));
    }
  }

  private start(job: Job, consumer: Consumer): void {
    this.consumers = [...this.consumers.filter((other) => other !== consumer), consumer];
    const work = this.attempt(job, consumer).finally(() => {
      consumer.running.delete(work);
      this.pump();
    });
    consumer.running.add(work);
  }

  private async attempt(job: Job, consumer: Consumer): Promise<void> {
    job.deliveries += 1;
    try {
      await consumer.taker.take(job.raw);
      job.done();
    } catch (error) {
      const hopeless = error instanceof InvalidEventError;
      if (hopeless || job.deliveries >= this.options.maxDeliveries) this.giveUp(job, error);
      else this.rest(job, error);
    }
  }

  private giveUp({ topic, raw, deliveries, done }: Job, error: unknown): void {
    const about = { topic, group: this.name, deliveries };
    this.logger.error({ ...about, type: raw.type, err: error }, 'event given up: dead letter');
    this.bury({ ...about, reason: reasonOf(error), event: raw.json ?? '' });
    done();
  }

  private rest(job: Job, error: unknown): void {
    const { topic, raw, deliveries } = job;
    this.logger.warn(
      { topic, group: this.name, deliveries, type: raw.type, err: error },
      'event handler failed: it will be tried again',
    );
    const timer = setTimeout(
      () => {
        this.resting.delete(job);
        this.queue.push(job);
        this.pump();
      },
      retryDelayMs(deliveries, this.options),
    );
    this.resting.set(job, timer);
    this.dropOrphans();
  }

  private async leave(consumer: Consumer): Promise<void> {
    this.consumers = this.consumers.filter((other) => other !== consumer);
    this.pump();
    this.dropOrphans();
    const ended = await settled(consumer.running, this.options.closeWaitMs);
    if (!ended) this.logger.warn({ group: this.name }, 'closed while event handlers still ran');
  }

  /** Tells the publishers of messages that wait for a retry when nobody is left to try. */
  private dropOrphans(): void {
    for (const [job, timer] of this.resting) {
      if (this.consumers.some(({ topics }) => topics.has(job.topic))) continue;
      clearTimeout(timer);
      this.resting.delete(job);
      job.failed(new GroupAwayError(this.name));
    }
  }
}
