import { outliveRequest } from '@parley/observability';

export interface ClaimLoopOptions<Claimed> {
  /** How often it looks without being told to. Unit: milliseconds. */
  sweepMs: number;
  maxInHand: number;
  claim(limit: number): Promise<Claimed[]>;
  /** Never rejects. @returns how long to wait before it is worth looking again, when that is known. Unit: milliseconds. */
  carryOut(claimed: Claimed): Promise<number | undefined>;
  claimFailed(error: unknown): void;
}

/** Claims work that is due, when told to look and every few seconds, a few pieces at a time. */
export class ClaimLoop<Claimed> {
  private readonly inHand = new Set<Promise<void>>();
  private readonly wakeUps = new Set<NodeJS.Timeout>();
  private sweep: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private lookAgain = false;
  private closed = false;

  constructor(private readonly options: ClaimLoopOptions<Claimed>) {}

  start(): void {
    this.sweep = setInterval(() => {
      this.kick();
    }, this.options.sweepMs);
    this.kick();
  }

  /** Takes nothing more and waits for what is in hand. */
  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.sweep);
    for (const wakeUp of this.wakeUps) clearTimeout(wakeUp);
    await this.looking;
    await Promise.all(this.inHand);
  }

  /** Looks for work now; while it is looking already, it will look once more. */
  kick(): void {
    this.lookAgain = true;
    this.looking ??= outliveRequest(() => this.look()).finally(() => {
      this.looking = undefined;
      // Many that end in one turn free their places after the look that the first of them began.
      if (this.lookAgain && !this.closed && this.isWorthLooking) this.kick();
    });
  }

  private get free(): number {
    return this.options.maxInHand - this.inHand.size;
  }

  /** A claim costs about the same for one piece as for many: a quarter of the places must be free. */
  private get isWorthLooking(): boolean {
    return this.free >= this.options.maxInHand / 4;
  }

  private async look(): Promise<void> {
    try {
      while (this.lookAgain && !this.closed && this.isWorthLooking) {
        this.lookAgain = false;
        for (const each of await this.options.claim(this.free)) this.take(each);
      }
    } catch (error) {
      this.options.claimFailed(error);
    }
  }

  private take(claimed: Claimed): void {
    const work = this.options
      .carryOut(claimed)
      .then((waitMs) => {
        if (waitMs !== undefined) this.wakeIn(waitMs);
      })
      .finally(() => {
        this.inHand.delete(work);
        this.kick();
      });
    this.inHand.add(work);
  }

  /** For waits shorter than the sweep; it finds the others. */
  private wakeIn(waitMs: number): void {
    if (this.closed || waitMs >= this.options.sweepMs) return;
    const wakeUp = setTimeout(() => {
      this.wakeUps.delete(wakeUp);
      this.kick();
    }, waitMs);
    this.wakeUps.add(wakeUp);
  }
}
