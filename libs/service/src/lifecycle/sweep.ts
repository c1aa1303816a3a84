export interface SweepOptions {
  everyMs: number;
  work: () => Promise<unknown>;
  /** Is told what `work` failed with; it is tried again next time. */
  failed: (error: unknown) => void;
}

/** Does something again and again, one time after the other: what takes longer than its interval is not begun twice. */
export class Sweep {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;

  constructor(private readonly options: SweepOptions) {}

  /** The first time is one interval from now; `now()` is at once. */
  start(): void {
    this.timer = setInterval(() => {
      this.now();
    }, this.options.everyMs);
  }

  /** Begins, unless it is at work. */
  now(): void {
    this.running ??= this.options
      .work()
      .then(() => undefined, this.options.failed)
      .finally(() => {
        this.running = null;
      });
  }

  /** Resolves when nothing of it is at work any more. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }
}
