import type { Outcome, OutcomeSink } from './outcome';
import { StepChain } from './step-chain';

/** Outcomes in the making, settled strictly one after the other; the first failure ends it. */
export class OutcomeChain {
  private readonly steps: StepChain;

  constructor(
    private readonly sink: OutcomeSink,
    /** Up to here everything is settled. */
    public settledMs: number,
    settled?: () => void,
  ) {
    this.steps = new StepChain(settled);
  }

  get idle(): boolean {
    return this.steps.length === 0;
  }

  add(make: () => Promise<Outcome>): void {
    this.steps.add(async () => {
      const outcome = await make();
      await this.sink.settle(outcome);
      this.settledMs = outcome.checkpointMs;
    });
  }

  /** Resolves when at most `count` outcomes are unsettled. @throws what settling failed with */
  atMost(count: number): Promise<void> {
    return this.steps.atMost(count);
  }

  throwIfFailed(): void {
    this.steps.throwIfFailed();
  }
}
