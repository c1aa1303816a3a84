import type { Envelope } from '@parley/contracts';

/** An event handler for tests that remembers what it was given and can be waited for. */
export class Collector {
  readonly events: Envelope[] = [];
  private readonly waiting: { count: number; resolve: () => void }[] = [];

  constructor(
    private readonly behave: (event: Envelope, nth: number) => unknown = () => undefined,
  ) {}

  readonly handler = async (event: Envelope): Promise<void> => {
    this.events.push(event);
    for (const { count, resolve } of this.waiting) if (this.events.length >= count) resolve();
    await this.behave(event, this.events.filter(({ id }) => id === event.id).length);
  };

  get ids(): string[] {
    return this.events.map(({ id }) => id);
  }

  /** Resolves once the handler was called `count` times in all. */
  async called(count: number): Promise<void> {
    if (this.events.length >= count) return;
    await new Promise<void>((resolve) => this.waiting.push({ count, resolve }));
  }
}
