import type { Clock } from '@parley/contracts';

const FIRST_REST_MS = 10_000;
const LONGEST_REST_MS = 60_000;

type State =
  | { is: 'trusted' }
  /** Nobody asks it. */
  | { is: 'resting'; restMs: number; untilMs: number }
  /** One utterance asks it. */
  | { is: 'tried'; restMs: number };

/**
 * Whether the endpoint is worth asking. People wait for what they said: after one failure it is left alone for ten
 * seconds, then one utterance tries it, and each failure doubles the rest, up to a minute.
 */
export class EndpointBreaker {
  private state: State = { is: 'trusted' };

  constructor(private readonly clock: Clock) {}

  get isTrusted(): boolean {
    return this.state.is === 'trusted';
  }

  /** Whoever is let in says how it went. */
  letsIn(): boolean {
    const { state } = this;
    if (state.is === 'trusted') return true;
    if (state.is === 'tried' || this.clock.now() < state.untilMs) return false;
    this.state = { is: 'tried', restMs: state.restMs };
    return true;
  }

  answered(): void {
    this.state = { is: 'trusted' };
  }

  failed(): void {
    const { state } = this;
    // Others that were on their way fail as well, without being news.
    if (state.is === 'resting') return;
    const restMs =
      state.is === 'tried' ? Math.min(state.restMs * 2, LONGEST_REST_MS) : FIRST_REST_MS;
    this.state = { is: 'resting', restMs, untilMs: this.clock.now() + restMs };
  }

  /** It was given up before there was an answer: nothing is known. */
  givenUp(): void {
    if (this.state.is !== 'tried') return;
    this.state = { is: 'resting', restMs: this.state.restMs, untilMs: this.clock.now() };
  }
}
