import type { Outcome, OutcomeSink } from './outcome';

/** Outcomes in the making, settled strictly one after the other; the first failure ends it. */
export class OutcomeChain {
  private last: Promise<void> = Promise.resolve();
  private readonly unsettled: Promise<void>[] = [];
  private failure: { error: unknown } | null = null;

  constructor(
    private readonly sink: OutcomeSink,
    /** Up to here everything is settled. */
    public settledMs: number,
    private readonly settled: () => void = () => undefined,
  ) {}

  get idle(): boolean {
    return this.unsettled.length === 0;
  }

  add(make: () => Promise<Outcome>): void {
    const step = this.last.then(async () => {
      if (this.failure) return;
      const outcome = await make();
      await this.sink.settle(outcome);
      this.settledMs = outcome.checkpointMs;
    });
    this.last = step
      .catch((error: unknown) => {
        this.failure ??= { error };
      })
      .then(() => {
        void this.unsettled.shift();
        this.settled();
      });
    this.unsettled.push(this.last);
  }

  /** Resolves when at most `count` outcomes are unsettled. @throws what settling failed with */
  async atMost(count: number): Promise<void> {
    while (this.unsettled.length > count) await this.unsettled[0];
    this.throwIfFailed();
  }

  throwIfFailed(): void {
    if (this.failure) throw this.failure.error;
  }
}
