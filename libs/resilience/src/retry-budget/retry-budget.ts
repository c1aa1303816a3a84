import { EventEmitter } from 'node:events';
import type { Clock } from '@parley/contracts';

/** Retries that may be made at once, however few calls there are. */
const RESERVE = 20;
/** What the reserve gains by itself, so that a rare call may be repeated as well. */
const PER_SECOND = 2;

export interface RetryBudgetOptions {
  /** Retries for each call: 0.2 for one in five. */
  share: number;
  /** Best one that goes on while the wall clock is set. */
  clock: Clock;
}

export interface RetryBudgetEvents {
  /** From now on retries wait for their turn. */
  spent: [];
  /** A retry has to wait longer than it would have by itself. */
  'put-off': [];
}

/**
 * Bounds retries to a share of the calls, so that a side that can do little is not asked several times for each call: a
 * bucket of tokens, into which each call puts its share and time two a second, and from which each retry takes one. Who
 * finds it empty books the next token that time will put there, and waits that much longer.
 */
export class RetryBudget extends EventEmitter<RetryBudgetEvents> {
  /** Less than none once retries are booked that time has still to pay for. */
  private tokens = RESERVE;
  private atMs: number;

  constructor(private readonly options: RetryBudgetOptions) {
    super();
    this.atMs = options.clock.now();
  }

  /** As good as new: it can be forgotten. */
  get isIdle(): boolean {
    return this.refilled() === RESERVE;
  }

  /** Of a call that is no retry. */
  called(): void {
    this.put(this.refilled() + this.options.share);
  }

  /**
   * Books a retry. Its turn comes behind its own wait: of many that are asked to wait as long, not all come in one moment.
   * @param ownMs how long it would wait by itself.
   * @param mostMs who would have to wait longer for its turn behind that books nothing.
   * @returns how long it has to wait; null for longer than it may. Unit: milliseconds.
   */
  book(ownMs: number, mostMs: number): number | null {
    const tokens = this.refilled();
    const missing = Math.max(0, 1 - tokens);
    const turnMs = Math.round((missing / PER_SECOND) * 1_000);
    if (turnMs > 0) this.emit('put-off');
    if (turnMs > mostMs) return null;
    this.put(tokens - 1);
    if (missing > 0 && tokens >= 0) this.emit('spent');
    return ownMs + turnMs;
  }

  private refilled(): number {
    const seconds = (this.options.clock.now() - this.atMs) / 1_000;
    return Math.min(RESERVE, this.tokens + seconds * PER_SECOND);
  }

  private put(tokens: number): void {
    this.tokens = Math.min(RESERVE, tokens);
    this.atMs = this.options.clock.now();
  }
}
