import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { EventBus } from '@parley/bus';
import { logEvent, outliveRequest } from '@parley/observability';
import { BusDataWatch } from './bus-data.watch';
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
 * sweep finds what an earlier process left, the bus refused or has lost. Events start in the order in which
 * they were written; one that its handlers are slow to take does not hold the next up. When the bus fails
 * everything waits, and goes on in order after a pause: until what waited has gone, new events stand behind it.
 * There is no order among several replicas, when one dies with events in hand, nor among events on their way
 * together of which the bus refuses one and takes the next: handlers go by what the data says.
 */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly marks: PublishedMarks;
  private readonly inFlight = new Map<string, Promise<void>>();
  private timers: NodeJS.Timeout[] = [];
  private pause: NodeJS.Timeout | undefined;
  private failures = 0;
  private working: Promise<void> | null = null;
  private asked = false;
  /** Older events wait in the table. */
  private behind = false;
  private readonly releasing = new Set<Promise<void>>();
  /** A claim during which it changes may lack what is older than what it brings. */
  private timesGivenBack = 0;
  private state: 'running' | 'stopping' | 'stopped' = 'running';

  constructor(
    @Inject(OutboxRepository) private readonly outbox: OutboxRepository,
    @Inject(EventBus) private readonly bus: EventBus,
    @Inject(BusDataWatch) private readonly watch: Pick<BusDataWatch, 'dataId'>,
  ) {
    this.marks = new PublishedMarks(outbox);
  }

  onApplicationBootstrap(): void {
    this.timers = [
      setInterval(() => {
        this.look();
      }, SWEEP_MS),
      setInterval(() => {
        this.outbox.removeOld().catch((error: unknown) => {
          logEvent('outbox.not-cleaned', { err: error });
        });
      }, CLEAN_MS),
    ];
    this.kick();
  }

  /** Whether events of a unit that is being written may be claimed for `send`. */
  get takesMore(): boolean {
    return this.isFree && !this.behind;
  }

  /** Publishes entries of a unit that are claimed and committed; in their turn, when others wait by now. */
  send(entries: ClaimedEntry[]): void {
    if (this.behind && this.state === 'running') void this.giveBack(positionsOf(entries));
    else this.start(entries);
  }

  /** There is something in the table: looks at once, and once more if it is looking already. */
  kick(): void {
    this.behind = true;
    this.look();
  }

  private get isFree(): boolean {
    return this.state === 'running' && !this.pause && this.inFlight.size < MOST_IN_FLIGHT;
  }

  /** As a getter: the compiler would take it for false throughout a sweep that set it so. */
  private get isAsked(): boolean {
    return this.asked;
  }

  private start(entries: ClaimedEntry[]): void {
    if (this.state === 'stopped') return;
    if (this.pause) {
      void this.giveBack(positionsOf(entries));
      return;
    }
    for (const entry of entries) {
      const { position } = entry;
      // A claim that ran out while the handlers still work on the event: this one goes on.
      if (this.inFlight.has(position) || this.marks.has(position)) continue;
      const sending = outliveRequest(() => this.publish(entry)).finally(() => {
        this.inFlight.delete(position);
        if (this.behind && this.inFlight.size <= MOST_IN_FLIGHT / 2) this.look();
      });
      this.inFlight.set(position, sending);
    }
  }

  private look(): void {
    this.asked = true;
    if (this.working || !this.isFree) return;
    this.working = outliveRequest(() => this.sweep())
      .catch((error: unknown) => {
        logEvent('outbox.unreadable', { err: error });
      })
      .finally(() => {
        this.working = null;
        if (this.asked) this.look();
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
      Promise.all([...this.inFlight.values(), ...this.releasing]),
      new Promise((resolve) => {
        patience = setTimeout(resolve, STOP_GRACE_MS);
      }),
    ]);
    clearTimeout(patience);
    if (this.inFlight.size > 0) await this.outbox.release([...this.inFlight.keys()]);
    await this.marks.close();
  }

  private async sweep(): Promise<void> {
    while (this.asked && this.isFree) {
      // What is given back must be there to be claimed before anything newer.
      while (this.releasing.size > 0) await Promise.all(this.releasing);
      this.asked = false;
      const { timesGivenBack } = this;
      const entries = await this.outbox.claim(BATCH);
      if (this.timesGivenBack !== timesGivenBack) {
        await this.giveBack(positionsOf(entries));
        continue;
      }
      if (entries.length === BATCH) this.asked = true;
      this.behind = this.isAsked;
      this.start(entries);
    }
  }

  private async publish({ position, envelope }: ClaimedEntry): Promise<void> {
    // What took it, if it is lost before it is marked, is not the data that is there by then.
    const { dataId } = this.watch;
    try {
      await this.bus.publish(envelope);
      this.failures = 0;
      this.marks.add(position, dataId);
    } catch (error) {
      logEvent('outbox.not-published', { type: envelope.type, err: error });
      this.rest();
      await this.giveBack([position]);
    }
  }

  /** Leaves entries to whoever looks next; does not throw, since a claim runs out by itself. */
  private async giveBack(positions: string[]): Promise<void> {
    this.behind = true;
    this.timesGivenBack += 1;
    const release = this.outbox.release(positions).catch(() => undefined);
    this.releasing.add(release);
    await release;
    this.releasing.delete(release);
    this.look();
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

function positionsOf(entries: ClaimedEntry[]): string[] {
  return entries.map(({ position }) => position);
}
