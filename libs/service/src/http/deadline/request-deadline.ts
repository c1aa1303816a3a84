import { ProblemError } from '@parley/contracts';
import type { Deadline } from '@parley/observability';

/** The time that one request has. Its signal is made when somebody asks for it: most work does not. */
export class RequestDeadline implements Deadline {
  private controller: AbortController | undefined;
  private reason: ProblemError | undefined;

  /**
   * @param endsAtMs on the clock of `performance.now()`.
   * @param onTime called once when the time is up.
   */
  constructor(
    readonly endsAtMs: number,
    private readonly onTime: () => void,
  ) {}

  remainingMs(): number {
    return this.reason ? 0 : Math.max(0, this.endsAtMs - performance.now());
  }

  get signal(): AbortSignal {
    if (!this.controller) {
      this.controller = new AbortController();
      if (this.reason) this.controller.abort(this.reason);
    }
    return this.controller.signal;
  }

  /** The time is up: the work ends, and the caller is told. */
  expire(): void {
    this.stop('The request took longer than it may.');
    this.onTime();
  }

  /** Nobody waits for the answer any more: the work ends. */
  abandon(): void {
    this.stop('The caller has gone.');
  }

  private stop(detail: string): void {
    this.reason = new ProblemError('deadline-exceeded', detail);
    this.controller?.abort(this.reason);
  }
}
