import type { EventBus } from '@parley/bus';
import type { Envelope } from '@parley/contracts';
import type { DataSource } from 'typeorm';
import { BusDataWatch } from '../../outbox/bus-data.watch';
import { OutboxRelay } from '../../outbox/outbox.relay';
import type { ClaimedEntry, OutboxRepository } from '../../outbox/outbox.repository';
import { UnitOfWork } from '../../outbox/unit-of-work';
import { pass, type Chance } from './chance';
import type { ModelBus } from './model-bus';
import type { ModelTable } from './model-table';

const USUAL_STATEMENT_MS = 20;
/** Long enough for the data to be lost, and others to have noticed, before it is done. */
const SLOW_STATEMENT_MS = 4_000;
const SLOW_STATEMENTS = 0.06;

/** What a transaction will have written. */
interface Draft {
  rows: ReturnType<ModelTable['draft']>;
}

/** For tests: one replica of a service, whose real relay and units of work meet a modelled table and bus. */
export class ModelProcess {
  readonly relay: OutboxRelay;
  readonly work: UnitOfWork;
  /** Resolves when it crashes. */
  readonly death: Promise<void>;
  private died: () => void = () => undefined;
  private dead = false;

  constructor(
    private readonly table: ModelTable,
    bus: ModelBus,
    private readonly chance: Chance,
    /** How often a statement fails, in half of the cases after it was done. */
    private readonly failures: number,
    /** Whether it may be killed between a commit and the word of it. */
    private readonly mayDie: boolean,
  ) {
    this.death = new Promise((resolve) => {
      this.died = resolve;
    });
    const outbox = {
      add: (manager: Draft, events: Envelope[], claimed: boolean): Promise<ClaimedEntry[]> => {
        manager.rows = table.draft(events, claimed);
        return Promise.resolve(manager.rows);
      },
      claim: (limit: number) => this.statement(() => table.claim(limit)),
      release: (positions: string[]) =>
        this.statement(() => {
          table.release(positions);
        }),
      markPublished: (positions: string[], dataId: string | null) =>
        this.statement(() => {
          table.markPublished(positions, dataId);
        }),
      adopt: (dataId: string) => this.statement(() => table.adopt(dataId)),
      unsent: () => Promise.resolve({ rows: 0, oldestSeconds: 0 }),
      removeOld: () => Promise.resolve(),
    } as unknown as OutboxRepository;
    const port = {
      mode: 'redis',
      publish: (event: Envelope) => this.alive(() => bus.take(event)),
      dataId: () => this.alive(() => bus.nameData()),
    } as unknown as EventBus;
    const watch = new BusDataWatch(port, outbox);
    this.relay = new OutboxRelay(outbox, port, watch);
    const dataSource = {
      transaction: (work: (manager: Draft) => Promise<unknown>) => this.transaction(work),
    } as unknown as DataSource;
    this.work = new UnitOfWork(dataSource, outbox, this.relay);
    watch.onApplicationBootstrap();
    this.relay.onApplicationBootstrap();
  }

  /** Nothing that it began goes on, and nothing is begun. */
  crash(): void {
    this.dead = true;
    this.died();
  }

  /** As a getter: the compiler does not see that it dies while somebody waits. */
  private get isDead(): boolean {
    return this.dead;
  }

  private async transaction(work: (manager: Draft) => Promise<unknown>): Promise<unknown> {
    const draft: Draft = { rows: [] };
    const result = await work(draft);
    await this.wait();
    this.table.commit(draft.rows);
    // Killed between the commit and the word of it.
    if (this.mayDie && this.chance.happens(0.02)) this.crash();
    return this.alive(() => Promise.resolve(result));
  }

  private async statement<T>(run: () => T): Promise<T> {
    await this.wait();
    const failing = this.chance.happens(this.failures);
    if (failing && this.chance.happens(0.5)) throw new Error('the database is away');
    const result = run();
    await this.wait();
    if (failing) throw new Error('the answer of the database was lost');
    return result;
  }

  private wait(): Promise<void> {
    const slow = this.chance.happens(SLOW_STATEMENTS);
    const longestMs = slow ? SLOW_STATEMENT_MS : USUAL_STATEMENT_MS;
    return this.alive(() => pass(this.chance.below(longestMs)));
  }

  /** The dead wait for ever, also for what was on its way to them. */
  private async alive<T>(ask: () => Promise<T>): Promise<T> {
    if (this.dead) return new Promise(() => undefined);
    const answer = await ask();
    return this.isDead ? new Promise(() => undefined) : answer;
  }
}
