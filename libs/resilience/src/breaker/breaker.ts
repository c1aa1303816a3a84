import { EventEmitter } from 'node:events';
import type { Clock } from '@parley/contracts';
import type { Call, Policy } from '../policy';
import { BreakerOpenError } from './breaker-open.error';

export interface BreakerOptions {
  /** Failures within the window that open it. */
  maxFailures: number;
  /** How long a failure counts, and how long the breaker stays open. Unit: milliseconds. */
  windowMs: number;
  /** Whether an error says that the other side is unwell. What it refuses is no failure of its own. */
  isFailure: (error: unknown) => boolean;
  /** Best one that goes on while the wall clock is set. */
  clock: Clock;
}

type State =
  | { is: 'closed'; failedAtMs: readonly number[] }
  | { is: 'open'; untilMs: number }
  /** One call finds out; the others wait. */
  | { is: 'probing' };

export const BREAKER_STATES = ['closed', 'open', 'probing'] as const satisfies State['is'][];
export type BreakerState = (typeof BREAKER_STATES)[number];

/**
 * Leaves alone what keeps failing: the `maxFailures`-th failure inside the window opens it, as long as the window it
 * refuses at once, then a single call probes: it closes, or opens again.
 * Emits `opened` and `closed`.
 */
export class Breaker extends EventEmitter<{ opened: []; closed: [] }> implements Policy {
  private state: State = { is: 'closed', failedAtMs: [] };

  constructor(private readonly options: BreakerOptions) {
    super();
  }

  get current(): BreakerState {
    return this.state.is;
  }

  /** When a call may be let through again; 0 when it may now, or when a probe is under way. Unit: milliseconds. */
  get waitMs(): number {
    return this.state.is === 'open' ? Math.max(0, this.state.untilMs - this.now()) : 0;
  }

  /** Closed, and no failure counts any more: it can be forgotten. */
  get isIdle(): boolean {
    return this.state.is === 'closed' && this.recent(this.state.failedAtMs).length === 0;
  }

  /** @throws BreakerOpenError without calling; else what `call` throws. */
  async execute<T>(call: Call<T>, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    const isProbe = this.letIn();
    try {
      const value = await call(signal);
      if (isProbe) this.close();
      return value;
    } catch (error) {
      this.learn(error, isProbe, signal);
      throw error;
    }
  }

  private letIn(): boolean {
    if (this.state.is === 'closed') return false;
    if (this.state.is === 'probing' || this.waitMs > 0) throw new BreakerOpenError(this.waitMs);
    this.state = { is: 'probing' };
    return true;
  }

  private learn(error: unknown, isProbe: boolean, signal: AbortSignal): void {
    if (!this.options.isFailure(error)) {
      if (!isProbe) return;
      // A probe whose caller left tells nothing: the next call is one. Else it answered, if only to refuse.
      if (signal.aborted) this.state = { is: 'open', untilMs: this.now() };
      else this.close();
      return;
    }
    if (isProbe) this.open();
    // Calls under way while it opened tell nothing new.
    if (this.state.is !== 'closed') return;
    const failedAtMs = [...this.recent(this.state.failedAtMs), this.now()];
    if (failedAtMs.length >= this.options.maxFailures) this.open();
    else this.state = { is: 'closed', failedAtMs };
  }

  private open(): void {
    this.state = { is: 'open', untilMs: this.now() + this.options.windowMs };
    this.emit('opened');
  }

  private close(): void {
    this.state = { is: 'closed', failedAtMs: [] };
    this.emit('closed');
  }

  private recent(failedAtMs: readonly number[]): number[] {
    const since = this.now() - this.options.windowMs;
    return failedAtMs.filter((at) => at > since);
  }

  private now(): number {
    return this.options.clock.now();
  }
}
