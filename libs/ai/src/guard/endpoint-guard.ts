import { steadyClock, type Clock } from '@parley/contracts';
import { EndpointBreaker, type EndpointCall } from '@parley/resilience';
import type { ModelMetrics } from '../measure/model.metrics';
import type { Waiting } from '../patience';
import { ModelFailedError } from '../text/model-failed.error';
import { verdictOn } from './verdict';
import { watchBreaker, type HeldBack } from './watch-breaker';

/** A server that stumbles once is asked again; one that is away costs the second that a retry takes, three times. */
const MAX_FAILURES = 3;

/** A request that was let in; it tells how it went. */
export interface GuardedRequest {
  /** Or began to. */
  answered(): void;
  failed(error: unknown): void;
  /** Nobody waits for it any more. */
  left(): void;
}

/**
 * Leaves the endpoint of a model alone after it failed, so that callers go their lesser way at once: three failures in a
 * row, or one timeout, since whoever comes next would wait as long. Callers with less patience than the endpoint is
 * given are the only ones held back when it is too slow for them: others may still get what they wait for.
 */
export class EndpointGuard {
  private readonly everybody: EndpointBreaker;
  private readonly impatient: EndpointBreaker;

  /** @param engine whose endpoint it is. */
  constructor(
    private readonly engine: string,
    metrics: Pick<ModelMetrics, 'rests'>,
    clock: Clock = steadyClock,
  ) {
    this.everybody = new EndpointBreaker({ maxFailures: MAX_FAILURES, clock });
    this.impatient = new EndpointBreaker({ maxFailures: MAX_FAILURES, clock });
    watchBreaker(this.everybody, { engine, who: 'everybody', metrics });
    watchBreaker(this.impatient, { engine, who: 'impatient', metrics });
  }

  /** Who does not ask it at present, but for one who tries; null when all do. */
  get heldBack(): HeldBack | null {
    if (!this.everybody.isTrusted) return 'everybody';
    return this.impatient.isTrusted ? null : 'impatient';
  }

  /** @throws ModelFailedError `resting` */
  enter({ signal, patienceMs }: Waiting): GuardedRequest {
    const isImpatient = patienceMs !== undefined;
    const asImpatient = isImpatient ? this.letIn(this.impatient) : undefined;
    const asAnybody = this.everybody.letIn();
    if (!asAnybody) {
      asImpatient?.givenUp();
      throw this.resting();
    }
    const left = (): void => {
      asAnybody.givenUp();
      asImpatient?.givenUp();
    };
    const answered = (): void => {
      asAnybody.answered();
      asImpatient?.answered();
    };
    return {
      answered,
      left,
      failed: (error) => {
        const verdict = signal?.aborted ? 'unknown' : verdictOn(error);
        if (verdict === 'answered') answered();
        else if (verdict === 'timed-out' && asImpatient) asImpatient.failed();
        else if (verdict !== 'unknown') asAnybody.failed(verdict === 'timed-out');
        // What this does not settle is open.
        left();
      },
    };
  }

  private letIn(breaker: EndpointBreaker): EndpointCall {
    const call = breaker.letIn();
    if (!call) throw this.resting();
    return call;
  }

  private resting(): ModelFailedError {
    return new ModelFailedError(this.engine, 'resting', 'its endpoint failed and is left alone');
  }
}
