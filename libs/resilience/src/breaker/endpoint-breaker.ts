import { EventEmitter } from 'node:events';
import type { Clock } from '@parley/contracts';

const FIRST_REST_MS = 10_000;
const LONGEST_REST_MS = 60_000;
/** Who tries and tells nothing for so long is not waited for: nobody else would ever be let in. */
const LONGEST_TRY_MS = 120_000;

export interface EndpointBreakerOptions {
  /** Failures in a row, without an answer between them, after which it is left alone. Default: 1. */
  maxFailures?: number;
  /** Best one that goes on while the wall clock is set. */
  clock: Clock;
}

/** A call to the endpoint; it tells once how it went. What it tells late, of a time that is over, is no news. */
export interface EndpointCall {
  /** Also when it answered that it refuses. */
  answered(): void;
  /** @param atOnce whether this alone is reason enough to leave it alone. Default: false. */
  failed(atOnce?: boolean): void;
  /** It was given up before there was an answer: nothing is known. */
  givenUp(): void;
}

type State =
  | { is: 'trusted'; failures: number }
  /** Nobody asks it. */
  | { is: 'resting'; restMs: number; untilMs: number }
  /** One call asks it. */
  | { is: 'tried'; restMs: number; untilMs: number };

/**
 * Whether an endpoint is worth asking while somebody waits who has another way: once it failed it is left alone for ten
 * seconds, then one call tries it, and each failure doubles the rest, up to a minute. It has no `execute` as policies
 * have, since an answer that comes in pieces is no single call.
 * Emits `rests` with the milliseconds, and `trusted`.
 * @see Breaker for providers, whose failures are counted in a window.
 */
export class EndpointBreaker extends EventEmitter<{ rests: [restMs: number]; trusted: [] }> {
  private state: State = { is: 'trusted', failures: 0 };

  constructor(private readonly options: EndpointBreakerOptions) {
    super();
  }

  get isTrusted(): boolean {
    return this.state.is === 'trusted';
  }

  /** @returns null while it is left alone. */
  letIn(): EndpointCall | null {
    const { state } = this;
    if (state.is === 'trusted') return this.insist();
    const nowMs = this.options.clock.now();
    if (nowMs < state.untilMs) return null;
    const tried: State = { is: 'tried', restMs: state.restMs, untilMs: nowMs + LONGEST_TRY_MS };
    this.state = tried;
    return {
      answered: () => {
        this.trust();
      },
      failed: () => {
        if (this.state === tried) this.rest(Math.min(tried.restMs * 2, LONGEST_REST_MS));
      },
      givenUp: () => {
        if (this.state === tried) this.state = { ...tried, is: 'resting', untilMs: nowMs };
      },
    };
  }

  /** A call that is made however the endpoint fares, by who has no other way. */
  insist(): EndpointCall {
    const { state: begun } = this;
    return {
      answered: () => {
        this.trust();
      },
      failed: (atOnce = false) => {
        const { state } = this;
        // Others that were on their way fail as well, and some of them when it is long well again.
        if (state.is !== 'trusted' || begun !== state) return;
        state.failures += 1;
        if (atOnce || state.failures >= (this.options.maxFailures ?? 1)) this.rest(FIRST_REST_MS);
      },
      givenUp: () => undefined,
    };
  }

  private rest(restMs: number): void {
    this.state = { is: 'resting', restMs, untilMs: this.options.clock.now() + restMs };
    this.emit('rests', restMs);
  }

  private trust(): void {
    if (this.state.is === 'trusted') {
      this.state.failures = 0;
      return;
    }
    this.state = { is: 'trusted', failures: 0 };
    this.emit('trusted');
  }
}
