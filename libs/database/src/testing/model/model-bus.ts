import type { Envelope } from '@parley/contracts';
import { pass, type Chance } from './chance';

type BusState = 'up' | 'failing' | 'hung';

interface Command {
  run(): void;
  fail(error: Error): void;
}

const COMMAND_TIMEOUT_MS = 5_000;
const SLOWEST_HANDLER_MS = 3_000;

/** For tests: a bus that fails, hangs and loses its data, with handlers that take their time. */
export class ModelBus {
  /** Every event at its first arrival, in order. */
  readonly arrived = new Map<string, Envelope>();
  /** What a handler has done its work for; the rest is gone when the data is. */
  readonly handled = new Set<string>();
  private state: BusState = 'up';
  private data = 1;
  private readonly queued: Command[] = [];

  constructor(private readonly chance: Chance) {}

  get dataName(): string {
    return `data-${this.data}`;
  }

  loseData(): void {
    this.data += 1;
  }

  /** What is on its way when the line breaks fails, though the bus may have taken it. */
  become(state: BusState): void {
    this.state = state;
    if (state === 'hung') return;
    const waiting = this.queued.splice(0);
    // A line breaks at one place: what was sent before it is done, what came after is not.
    const done = state === 'up' ? waiting.length : this.chance.below(waiting.length + 1);
    for (const command of waiting.slice(0, done)) command.run();
    if (state === 'failing')
      for (const command of waiting) command.fail(new Error('the line broke'));
  }

  take(event: Envelope): Promise<void> {
    return this.command(() => {
      if (!this.arrived.has(event.id)) this.arrived.set(event.id, event);
      const { data } = this;
      setTimeout(() => {
        if (data === this.data) this.handled.add(event.id);
      }, this.chance.below(SLOWEST_HANDLER_MS));
    });
  }

  nameData(): Promise<string> {
    return this.command(() => this.dataName);
  }

  /** In the order of asking, as over one line; a command that timed out may still be done later. */
  private command<T>(work: () => T): Promise<T> {
    if (this.state === 'failing') return Promise.reject(new Error('the bus is away'));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error('no answer in time'));
      }, COMMAND_TIMEOUT_MS);
      const run = (): void => {
        const answer = work();
        void pass(this.chance.below(5)).then(() => {
          clearTimeout(timer);
          resolve(answer);
        });
      };
      if (this.state === 'up') run();
      else this.queued.push({ run, fail: reject });
    });
  }
}
