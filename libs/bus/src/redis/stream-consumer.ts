import { Logger } from '@nestjs/common';
import { InvalidEventError } from '@parley/contracts';
import { reasonOf } from '../delivery/dead-letter';
import { retryDelayMs, type DeliveryOptions } from '../delivery/delivery-options';
import type { EventTaker } from '../delivery/event-taker';
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
  private readonly logger = new Logger('bus');
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

  constructor(
    private readonly group: StreamGroup,
    private readonly taker: EventTaker,
    private readonly options: StreamConsumerOptions,
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
      this.logger.warn({ group: this.group.group }, 'closed while event handlers still ran');
    }
    try {
      const rest = [...this.inHand].filter(([key]) => this.resting.has(key)).map(([, one]) => one);
      await this.group.setIdle(rest, this.options.claimIdleMs);
      await this.group.leave();
    } catch (error) {
      this.logger.warn(
        { err: error },
        'left without telling Redis: another replica will take over',
      );
    }
  }

  private get freeSlots(): number {
    return Math.max(0, this.options.concurrency - this.running.size);
  }

  private async read(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      if (this.freeSlots === 0) {
        await Promise.race([...this.running, this.stopped]);
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
          if (this.freeSlots === 0 || signal.aborted) break;
          const { claimIdleMs } = this.options;
          const left = await this.group.claim(stream, claimIdleMs, this.freeSlots);
          for (const message of left) this.take(message);
        }
        if (Date.now() - this.tidiedAt < this.options.tidyEveryMs) return;
        this.tidiedAt = Date.now();
        await this.group.tidy();
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
        this.logger.warn({ group: this.group.group }, 'Redis lost the group: making it again');
        await this.group.ensure().catch(() => wait(1_000, this.stopping.signal));
      } else {
        this.logger.warn({ group: this.group.group, err: error }, 'the bus cannot be read');
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
    let failure: { error: unknown } | undefined;
    try {
      if (message.deliveries > this.options.maxDeliveries) throw new AbandonedError(message);
      await this.taker.take(message.raw);
    } catch (error) {
      failure = { error };
    }
    try {
      if (!failure) await this.group.acknowledge(message);
      else if (this.isLast(message, failure.error)) await this.giveUp(message, failure.error);
      else {
        this.rest(message, failure.error);
        return;
      }
    } catch (error) {
      this.logger.warn({ ...about(message), err: error }, 'not acknowledged: it will come again');
    }
    this.inHand.delete(keyOf(message));
  }

  private isLast(message: Message, error: unknown): boolean {
    return error instanceof InvalidEventError || message.deliveries >= this.options.maxDeliveries;
  }

  private async giveUp(message: Message, error: unknown): Promise<void> {
    this.logger.error({ ...about(message), err: error }, 'event given up: dead letter');
    await this.group.bury(message, reasonOf(error));
  }

  private rest(message: Message, error: unknown): void {
    const text = 'event handler failed: it will be tried again';
    this.logger.warn({ ...about(message), err: error }, text);
    if (this.resting.size >= MOST_RESTING) this.inHand.delete(keyOf(message));
    else this.retryIn(retryDelayMs(message.deliveries, this.options), message);
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
      this.logger.warn({ ...about(message), err: error }, 'not tried again yet');
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

function about({ stream, id, raw, deliveries }: Message): Record<string, unknown> {
  return { stream, entry: id, type: raw.type, deliveries };
}
