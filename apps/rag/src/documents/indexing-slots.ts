import { ProblemError } from '@parley/contracts';

/** Lets few documents be indexed at once, some wait their turn, and refuses the rest. */
export class IndexingSlots {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly parallel: number,
    private readonly maxWaiting: number,
  ) {}

  /** @throws ProblemError `unavailable` when too many wait already. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.parallel) {
      if (this.waiting.length >= this.maxWaiting) {
        throw new ProblemError('unavailable', 'Too many documents are being indexed; try again.');
      }
      // Whoever finishes hands his slot over, so that nobody overtakes.
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else {
      this.running++;
    }
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running--;
    }
  }
}
