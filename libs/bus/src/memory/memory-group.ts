import { InvalidEventError, type Topic } from '@parley/contracts';
import { logEvent } from '@parley/observability';
import { BusFullError, GroupAwayError, OutageError } from '../delivery/bus-errors';
import { reasonOf, type DeadLetter } from '../delivery/dead-letter';
import { outageDelayMs, retryDelayMs, type DeliveryOptions } from '../delivery/delivery-options';
import type { EventTaker, RawEvent } from '../delivery/event-taker';
import type { DeliveryOutcome, GroupListener, GroupState } from '../delivery/group-listener';
import { settled } from '../delivery/wait';

interface Job {
  topic: Topic;
  raw: RawEvent;
  deliveries: number;
  since: number;
  done(): void;
  failed(error: Error): void;
}

interface Consumer {
  topics: ReadonlySet<Topic>;
  taker: EventTaker;
  listener: GroupListener;
  running: Set<Promise<void>>;
}

export interface MemoryGroupOptions extends DeliveryOptions {
  maxQueued: number;
}

/** One consumer group of the embedded bus: shares messages among its consumers and tries again. */
export class MemoryGroup {
  private readonly queue: Job[] = [];
  private readonly resting = new Map<Job, NodeJS.Timeout>();
  private readonly running = new Set<Job>();
  /** The next to be asked stands first. */
  private consumers: Consumer[] = [];
  /** What any consumer ever took: a group that stopped must not miss a message unnoticed. */
  private readonly topics = new Set<Topic>();

  constructor(
    readonly name: string,
    private readonly options: MemoryGroupOptions,
    private readonly bury: (letter: Omit<DeadLetter, 'id' | 'diedAt'>) => void,
  ) {}

  takes(topic: Topic): boolean {
    return this.topics.has(topic);
  }

  /** @returns the call that leaves, once the handlers in hand have ended. */
  join(topics: readonly Topic[], taker: EventTaker, listener: GroupListener): () => Promise<void> {
    const consumer: Consumer = { topics: new Set(topics), taker, listener, running: new Set() };
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
      this.queue.push({ topic, raw, deliveries: 0, since: performance.now(), done, failed });
      this.pump();
    });
  }

  state(topic: Topic): Pick<GroupState, 'lag' | 'pending' | 'oldestMs'> {
    const own = (jobs: Iterable<Job>): Job[] => [...jobs].filter((job) => job.topic === topic);
    const waiting = own(this.queue);
    const given = [...own(this.running), ...own(this.resting.keys())];
    const since = [...waiting, ...given].map((job) => job.since);
    const oldestMs = since.length === 0 ? 0 : performance.now() - Math.min(...since);
    return { lag: waiting.length, pending: given.length, oldestMs };
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
    this.running.add(job);
    const startedAt = performance.now();
    const told = (outcome: DeliveryOutcome): void => {
      this.running.delete(job);
      consumer.listener.handled(job.topic, outcome, (performance.now() - startedAt) / 1_000);
    };
    try {
      await consumer.taker.take(job.raw);
      told('done');
      job.done();
    } catch (error) {
      if (error instanceof OutageError) {
        told('put-off');
        this.putOff(job, error);
        return;
      }
      const hopeless = error instanceof InvalidEventError;
      const dead = hopeless || job.deliveries >= this.options.maxDeliveries;
      told(dead ? 'dead' : 'retry');
      if (dead) this.giveUp(job, error);
      else this.rest(job, error);
    }
  }

  private about({ topic, raw, deliveries }: Job) {
    return { topic, group: this.name, entry: undefined, type: raw.type, deliveries };
  }

  private giveUp(job: Job, error: unknown): void {
    const { topic, raw, deliveries, done } = job;
    logEvent('bus.dead-letter', { ...this.about(job), err: error });
    const reason = reasonOf(error);
    this.bury({ topic, group: this.name, deliveries, reason, event: raw.json ?? '' });
    done();
  }

  private rest(job: Job, error: unknown): void {
    logEvent('bus.retry', { ...this.about(job), err: error });
    this.comeAgain(job, retryDelayMs(job.deliveries, this.options));
  }

  /** What handlers need is away: nothing was tried, and nothing is counted. */
  private putOff(job: Job, { cause }: OutageError): void {
    logEvent('bus.outage', { group: this.name, err: cause });
    job.deliveries -= 1;
    this.comeAgain(job, outageDelayMs(this.options));
  }

  private comeAgain(job: Job, waitMs: number): void {
    const timer = setTimeout(() => {
      this.resting.delete(job);
      this.queue.push(job);
      this.pump();
    }, waitMs);
    this.resting.set(job, timer);
    this.dropOrphans();
  }

  private async leave(consumer: Consumer): Promise<void> {
    this.consumers = this.consumers.filter((other) => other !== consumer);
    this.pump();
    this.dropOrphans();
    const ended = await settled(consumer.running, this.options.closeWaitMs);
    if (!ended) logEvent('bus.closed-at-work', { group: this.name });
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
