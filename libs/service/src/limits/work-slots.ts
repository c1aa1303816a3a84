import { ProblemError } from '@parley/contracts';

/** Lets little heavy work run at once, some wait its turn, and refuses the rest. */
export class WorkSlots {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly parallel: number,
    private readonly maxWaiting: number,
    /** What to answer who is refused. */
    private readonly refusal: string,
  ) {}

  /** @throws ProblemError `unavailable` when too many wait already. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const release = await this.take();
    try {
      return await work();
    } finally {
      release();
    }
  }

  /**
   * Waits for a slot.
   * @returns gives it back; may be called twice
   * @throws ProblemError `unavailable` when too many wait already.
   */
  async take(): Promise<() => void> {
    if (this.running >= this.parallel) {
      if (this.waiting.length >= this.maxWaiting) {
        throw new ProblemError('unavailable', this.refusal);
      }
      // Whoever finishes hands his slot over, so that nobody overtakes.
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else {
      this.running++;
    }
    let taken = true;
    return () => {
      if (!taken) return;
      taken = false;
      const next = this.waiting.shift();
      if (next) next();
      else this.running--;
    };
  }
}
