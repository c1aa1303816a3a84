import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { EventBus } from '@parley/bus';
import { OutboxRepository, type ClaimedEntry } from './outbox.repository';
import { PublishedMarks } from './published-marks';

const BATCH = 100;
/** So many events may be on their way; what comes beyond them waits in its table. */
const MOST_IN_FLIGHT = 500;
const SWEEP_MS = 1_000;
const CLEAN_MS = 10 * 60_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
const STOP_GRACE_MS = 5_000;

/**
 * Carries committed events to the bus. A unit of work hands its own over as soon as it has committed; a
 * sweep finds what an earlier process left or the bus refused. Events start in the order in which they
 * were written; one that its handlers are slow to take does not hold the next up. When the bus fails
 * everything waits, and goes on in order after a pause.
 */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('outbox');
  private readonly marks: PublishedMarks;
  private readonly inFlight = new Map<string, Promise<void>>();
  private timers: NodeJS.Timeout[] = [];
  private pause: NodeJS.Timeout | undefined;
  private failures = 0;
  private working: Promise<void> | null = null;
  private asked = false;
  private state: 'running' | 'stopping' | 'stopped' = 'running';

  constructor(
    @Inject(OutboxRepository) private readonly outbox: OutboxRepository,
    @Inject(EventBus) private readonly bus: EventBus,
  ) {
    this.marks = new PublishedMarks(outbox);
  }

  onApplicationBootstrap(): void {
    this.timers = [
      setInterval(() => {
        this.kick();
      }, SWEEP_MS),
      setInterval(() => {
        this.outbox.removeOld().catch((error: unknown) => {
          this.logger.warn({ err: error }, 'old outbox rows could not be removed');
        });
      }, CLEAN_MS),
    ];
    this.kick();
  }

  /** Whether events of a unit that is being written may be claimed for `send`. */
  get takesMore(): boolean {
    return this.state === 'running' && !this.pause && this.inFlight.size < MOST_IN_FLIGHT;
  }

  /** Publishes entries that are claimed and committed. */
  send(entries: ClaimedEntry[]): void {
    if (this.state === 'stopped') return;
    for (const entry of entries) {
      const { position } = entry;
      // A claim that ran out while the handlers still work on the event: this one goes on.
      if (this.inFlight.has(position) || this.marks.has(position)) continue;
      const sending = this.publish(entry).finally(() => this.inFlight.delete(position));
      this.inFlight.set(position, sending);
    }
  }

  /** There is something in the table: looks at once, and once more if it is looking already. */
  kick(): void {
    this.asked = true;
    if (this.working || !this.takesMore) return;
    this.working = this.sweep()
      .catch((error: unknown) => {
        this.logger.warn({ err: error }, 'the outbox could not be read');
      })
      .finally(() => {
        this.working = null;
        if (this.asked) this.kick();
      });
  }

  /** Finishes what is in hand; what the bus has not taken by then is left to the next process. */
  async beforeApplicationShutdown(): Promise<void> {
    this.state = 'stopping';
    for (const timer of this.timers) clearInterval(timer);
    clearTimeout(this.pause);
    await this.working;
    this.state = 'stopped';
    let patience: NodeJS.Timeout | undefined;
    await Promise.race([
      Promise.all(this.inFlight.values()),
      new Promise((resolve) => {
        patience = setTimeout(resolve, STOP_GRACE_MS);
      }),
    ]);
    clearTimeout(patience);
    if (this.inFlight.size > 0) await this.outbox.release([...this.inFlight.keys()]);
    await this.marks.close();
  }

  private async sweep(): Promise<void> {
    while (this.asked && this.takesMore) {
      this.asked = false;
      const entries = await this.outbox.claim(BATCH);
      if (entries.length === BATCH) this.asked = true;
      this.send(entries);
    }
  }

  private async publish({ position, envelope }: ClaimedEntry): Promise<void> {
    try {
      await this.bus.publish(envelope);
      this.failures = 0;
      this.marks.add(position);
    } catch (error) {
      this.logger.warn({ err: error, type: envelope.type }, 'the bus did not take an event');
      this.rest();
      await this.outbox.release([position]).catch(() => undefined);
    }
  }

  /** Nothing is sent for a while, longer with each failure in a row. */
  private rest(): void {
    if (this.pause || this.state !== 'running') return;
    const longestMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.failures);
    this.failures += 1;
    this.pause = setTimeout(
      () => {
        this.pause = undefined;
        this.kick();
      },
      longestMs * (0.5 + Math.random() / 2),
    );
  }
}
