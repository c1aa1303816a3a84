import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { EventBus } from '@parley/bus';
import { OutboxRepository, type ClaimedEntry } from './outbox.repository';

const BATCH = 100;
const SWEEP_MS = 1_000;
const CLEAN_MS = 10 * 60_000;
/** What has reached the bus within this time is marked in one statement. */
const MARK_DELAY_MS = 20;
const RETRY_SECONDS = 2;
const STOP_GRACE_MS = 5_000;

/**
 * Carries committed events to the bus: at once after a commit, and by a sweep that finds what an
 * earlier process left. Events start in the order in which they were written; one that is slow to be
 * taken does not hold the next up.
 */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(OutboxRelay.name);
  private readonly inFlight = new Set<Promise<void>>();
  private readonly published: string[] = [];
  private timers: NodeJS.Timeout[] = [];
  private marking: NodeJS.Timeout | undefined;
  private working: Promise<void> | null = null;
  private asked = false;
  private stopped = false;

  constructor(
    @Inject(OutboxRepository) private readonly outbox: OutboxRepository,
    @Inject(EventBus) private readonly bus: EventBus,
  ) {}

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

  /** There is something new: looks at once, and once more if it is looking already. */
  kick(): void {
    this.asked = true;
    if (this.working || this.stopped) return;
    this.working = this.work()
      .catch((error: unknown) => {
        this.logger.warn({ err: error }, 'the outbox could not be read');
      })
      .finally(() => {
        this.working = null;
        if (this.asked && !this.stopped) setImmediate(() => this.kick());
      });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers) clearInterval(timer);
    await this.working;
    const settled = Promise.allSettled(this.inFlight);
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise((resolve) => {
      timer = setTimeout(resolve, STOP_GRACE_MS);
    });
    await Promise.race([settled, patience]);
    clearTimeout(timer);
    clearTimeout(this.marking);
    await this.mark();
  }

  private async work(): Promise<void> {
    while (this.asked && !this.stopped) {
      this.asked = false;
      const entries = await this.outbox.claim(BATCH);
      if (entries.length === BATCH) this.asked = true;
      for (const entry of entries) this.send(entry);
    }
  }

  private send(entry: ClaimedEntry): void {
    const sending = this.publish(entry).finally(() => this.inFlight.delete(sending));
    this.inFlight.add(sending);
  }

  private async publish({ position, envelope }: ClaimedEntry): Promise<void> {
    try {
      await this.bus.publish(envelope);
      this.published.push(position);
      this.marking ??= setTimeout(() => {
        this.mark().catch((error: unknown) => {
          // They will be sent again, and handled as what they are: known.
          this.logger.warn({ err: error }, 'published events could not be marked');
        });
      }, MARK_DELAY_MS);
    } catch (error) {
      this.logger.warn({ err: error, eventType: envelope.type }, 'an event waits: bus away');
      await this.outbox.release(position, RETRY_SECONDS).catch(() => undefined);
    }
  }

  private async mark(): Promise<void> {
    this.marking = undefined;
    const positions = this.published.splice(0);
    if (positions.length > 0) await this.outbox.markPublished(positions);
  }
}
