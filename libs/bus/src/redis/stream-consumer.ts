import { InvalidEventError, type Topic } from '@parley/contracts';
import { logEvent } from '@parley/observability';
import { OutageError } from '../delivery/bus-errors';
import { reasonOf } from '../delivery/dead-letter';
import { outageDelayMs, retryDelayMs, type DeliveryOptions } from '../delivery/delivery-options';
import type { EventTaker } from '../delivery/event-taker';
import type { DeliveryOutcome, GroupListener } from '../delivery/group-listener';
import { settled, wait } from '../delivery/wait';
import type { Message, StreamGroup } from './stream-group';

export interface StreamConsumerOptions extends DeliveryOptions {
  /** A message left lying this long is taken over from its consumer. */
  claimIdleMs: number;
  blockMs: number;
  tidyEveryMs: number;
}

/** More failed messages than this wait for their turn in Redis instead of here. */
const MOST_RESTING = 1_000;
const TURN_MS = 50;
const PATIENT_TURNS = 20;

/** One consumer at work: reads, handles, acknowledges, tries again, takes over from the dead, tidies. */
export class StreamConsumer {
  private readonly stopping = new AbortController();
  private readonly stopped = new Promise<void>((resolve) => {
    this.stopping.signal.addEventListener('abort', () => {
      resolve();
    });
  });
  /** Everything Redis has us down for, whether it runs or rests; kept fresh so that nobody claims it. */
  private readonly inHand = new Map<string, Message>();
  private readonly running = new Set<Promise<void>>();
  private readonly resting = new Map<string, NodeJS.Timeout>();
  private loops: Promise<void>[] = [];
  private tidiedAt = Date.now();
  /** An outage was met: nothing more is taken until then. */
  private holdUntil = 0;

  constructor(
    private readonly group: StreamGroup,
    private readonly taker: EventTaker,
    private readonly options: StreamConsumerOptions,
    private readonly topicOfStream: (stream: string) => Topic,
    private readonly listener: GroupListener,
  ) {}

  start(): void {
    this.loops = [this.read(), this.upkeep()];
  }

  /** Stops reading, finishes what runs, and leaves what rests to whoever comes next. */
  async close(): Promise<void> {
    this.stopping.abort();
    for (const timer of this.resting.values()) clearTimeout(timer);
    let turn = 0;
    do {
      await this.group.interrupt(turn > PATIENT_TURNS).catch(() => undefined);
      turn += 1;
    } while (!(await settled(this.loops, TURN_MS)));
    if (!(await settled(this.running, this.options.closeWaitMs))) {
      logEvent('bus.closed-at-work', { group: this.group.group });
    }
    try {
      const rest = [...this.inHand].filter(([key]) => this.resting.has(key)).map(([, one]) => one);
      await this.group.setIdle(rest, this.options.claimIdleMs);
      await this.group.leave();
    } catch (error) {
      logEvent('bus.left-silently', { err: error });
    }
  }

  private get freeSlots(): number {
    return Math.max(0, this.options.concurrency - this.running.size);
  }

  private get heldMs(): number {
    return this.holdUntil - Date.now();
  }

  private async read(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      if (this.freeSlots === 0) {
        await Promise.race([...this.running, this.stopped]);
        // Others end in the same turn: their places are filled with one read.
        await new Promise(setImmediate);
        continue;
      }
      if (this.heldMs > 0) {
        await wait(this.heldMs, this.stopping.signal);
        continue;
      }
      await this.guarded(async () => {
        const count = Math.ceil(this.freeSlots / this.group.streams.length);
        for (const message of await this.group.read(count, this.options.blockMs))
          this.take(message);
      });
    }
  }

  private async upkeep(): Promise<void> {
    const { signal } = this.stopping;
    for (;;) {
      await wait(this.options.claimIdleMs / 3, signal);
      if (signal.aborted) return;
      await this.guarded(async () => {
        await this.group.setIdle([...this.inHand.values()], 0);
        for (const stream of this.group.streams) {
          if (this.freeSlots === 0 || this.heldMs > 0 || signal.aborted) break;
          const { claimIdleMs } = this.options;
          const left = await this.group.claim(stream, claimIdleMs, this.freeSlots);
          const topic = this.topicOfStream(stream);
          if (left.messages.length > 0) this.listener.claimed(topic, left.messages.length);
          if (left.vanished > 0) this.listener.vanished(topic, left.vanished);
          for (const message of left.messages) this.take(message);
        }
        if (Date.now() - this.tidiedAt < this.options.tidyEveryMs) return;
        this.tidiedAt = Date.now();
        for (const stream of this.group.streams) {
          this.listener.trimmed(this.topicOfStream(stream), await this.group.tidy(stream));
        }
      });
    }
  }

  /** Survives whatever Redis does: a vanished group is made again, anything else is tried again. */
  private async guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (this.stopping.signal.aborted) return;
      if (error instanceof Error && error.message.includes('NOGROUP')) {
        logEvent('bus.regrouped', { group: this.group.group });
        await this.group.ensure().then(
          () => {
            this.listener.regrouped();
          },
          () => wait(1_000, this.stopping.signal),
        );
      } else {
        logEvent('bus.unreadable', { group: this.group.group, err: error });
        await wait(1_000, this.stopping.signal);
      }
    }
  }

  private take(message: Message): void {
    if (this.inHand.has(keyOf(message))) return;
    this.inHand.set(keyOf(message), message);
    this.run(() => this.handle(message));
  }

  private run(work: () => Promise<void>): void {
    const running = work().finally(() => this.running.delete(running));
    this.running.add(running);
  }

  private async handle(message: Message): Promise<void> {
    const startedAt = performance.now();
    let failure: { error: unknown } | undefined;
    try {
      if (message.deliveries > this.options.maxDeliveries) throw new AbandonedError(message);
      await this.taker.take(message.raw);
    } catch (error) {
      failure = { error };
    }
    const seconds = (performance.now() - startedAt) / 1_000;
    this.listener.handled(
      this.topicOfStream(message.stream),
      this.outcome(message, failure),
      seconds,
    );
    try {
      if (!failure) await this.group.acknowledge(message);
      else if (failure.error instanceof OutageError) {
        await this.putOff(message, failure.error);
        return;
      } else if (this.isLast(message, failure.error)) await this.giveUp(message, failure.error);
      else {
        this.rest(message, failure.error);
        return;
      }
    } catch (error) {
      logEvent('bus.not-acknowledged', { ...this.about(message), err: error });
    }
    this.inHand.delete(keyOf(message));
  }

  private outcome(message: Message, failure: { error: unknown } | undefined): DeliveryOutcome {
    if (!failure) return 'done';
    if (failure.error instanceof OutageError) return 'put-off';
    return this.isLast(message, failure.error) ? 'dead' : 'retry';
  }

  private isLast(message: Message, error: unknown): boolean {
    return error instanceof InvalidEventError || message.deliveries >= this.options.maxDeliveries;
  }

  private async giveUp(message: Message, error: unknown): Promise<void> {
    logEvent('bus.dead-letter', { ...this.about(message), err: error });
    await this.group.bury(message, reasonOf(error));
  }

  private rest(message: Message, error: unknown): void {
    logEvent('bus.retry', { ...this.about(message), err: error });
    if (this.resting.size >= MOST_RESTING) this.inHand.delete(keyOf(message));
    else this.retryIn(retryDelayMs(message.deliveries, this.options), message);
  }

  /** It is nobody's fault: what is in hand comes again until the outage is over, and the rest stays where it is. */
  private async putOff(message: Message, { cause }: OutageError): Promise<void> {
    const waitMs = outageDelayMs(this.options);
    if (this.heldMs <= 0) logEvent('bus.outage', { group: this.group.group, err: cause });
    this.holdUntil = Math.max(this.holdUntil, Date.now() + waitMs);
    await this.group.uncount(message);
    this.retryIn(waitMs, message);
  }

  private about({ stream, id, raw, deliveries }: Message) {
    const { group } = this.group;
    return { topic: this.topicOfStream(stream), group, entry: id, type: raw.type, deliveries };
  }

  private retryIn(waitMs: number, message: Message): void {
    const key = keyOf(message);
    const timer = setTimeout(() => {
      if (this.freeSlots === 0) {
        this.retryIn(TURN_MS, message);
        return;
      }
      this.resting.delete(key);
      this.run(() => this.retry(message));
    }, waitMs);
    this.resting.set(key, timer);
    if (this.stopping.signal.aborted) clearTimeout(timer);
  }

  private async retry(message: Message): Promise<void> {
    try {
      const again = await this.group.redeliver(message);
      if (again) {
        this.inHand.set(keyOf(again), again);
        await this.handle(again);
        return;
      }
    } catch (error) {
      logEvent('bus.not-retried', { ...this.about(message), err: error });
    }
    this.inHand.delete(keyOf(message));
  }
}

/** Its consumers vanished while they had it: perhaps it is what killed them. */
class AbandonedError extends Error {
  override readonly name = 'AbandonedError';

  constructor(message: Message) {
    super(`${message.deliveries - 1} deliveries, none acknowledged`);
  }
}

function keyOf({ stream, id }: Message): string {
  return `${stream} ${id}`;
}
