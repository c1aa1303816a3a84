import type { EventBus, GroupState, Subscription } from '@parley/bus';
import type { Envelope } from '@parley/contracts';

/** For tests: remembers what it took; refuses, or takes its time, when told so. */
export class RecordingBus implements EventBus {
  readonly mode = 'embedded';
  readonly taken: Envelope[] = [];
  refusals = 0;
  /** What tells its data from others'; null: there is nothing to lose. */
  data: string | null = null;
  /** Events are held, unanswered, until `letGo`. */
  holding = false;
  private readonly held: (() => void)[] = [];
  private readonly watchers = new Set<() => void>();

  async publish(...events: Envelope[]): Promise<void> {
    if (this.refusals > 0) {
      this.refusals -= 1;
      throw new Error('the bus is away');
    }
    this.taken.push(...events);
    for (const watcher of this.watchers) watcher();
    if (this.holding) await new Promise<void>((resolve) => this.held.push(resolve));
  }

  letGo(): void {
    this.holding = false;
    for (const resolve of this.held.splice(0)) resolve();
  }

  /** Resolves with the ids taken so far once there are `count`. */
  async takes(count: number): Promise<string[]> {
    while (this.taken.length < count) {
      await new Promise<void>((resolve) => {
        const watcher = (): void => {
          this.watchers.delete(watcher);
          resolve();
        };
        this.watchers.add(watcher);
      });
    }
    return this.taken.map(({ id }) => id);
  }

  subscribe(): Promise<Subscription> {
    return Promise.reject(new Error('nothing is read in these tests'));
  }

  get deadLetters(): never {
    throw new Error('there are no dead letters in these tests');
  }

  state(): Promise<GroupState[]> {
    return Promise.resolve([]);
  }

  dataId(): Promise<string | null> {
    return Promise.resolve(this.data);
  }

  forget(): ReturnType<EventBus['forget']> {
    return Promise.resolve({ went: 0, waiting: 0 });
  }

  rewriteFiles(): Promise<'no-files'> {
    return Promise.resolve('no-files');
  }

  ping(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
