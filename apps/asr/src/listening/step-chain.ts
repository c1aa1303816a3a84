/** Steps taken strictly one after the other; the first failure ends it. */
export class StepChain {
  private last: Promise<void> = Promise.resolve();
  private readonly open: Promise<void>[] = [];
  private failure: { error: unknown } | null = null;

  /** @param taken called after each step, also after one that failed or was left out */
  constructor(private readonly taken: () => void = () => undefined) {}

  /** Steps that are not over. */
  get length(): number {
    return this.open.length;
  }

  get failed(): boolean {
    return this.failure !== null;
  }

  add(step: () => Promise<void>): void {
    this.last = this.last
      .then(async () => {
        if (!this.failure) await step();
      })
      .catch((error: unknown) => {
        this.failure ??= { error };
      })
      .then(() => {
        void this.open.shift();
        this.taken();
      });
    this.open.push(this.last);
  }

  /** Resolves when at most `count` steps are not over. @throws what a step failed with */
  async atMost(count: number): Promise<void> {
    while (this.open.length > count) await this.open[0];
    this.throwIfFailed();
  }

  throwIfFailed(): void {
    if (this.failure) throw this.failure.error;
  }
}
