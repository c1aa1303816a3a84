import { backoffMs, LONGEST_WAIT_MS, type BackoffOptions } from '@parley/resilience';
import type { ToolClass } from '../providers/tool';
import type { ProviderFailure } from '../providers/provider-failure';

export type Verdict =
  { status: 'planned'; waitMs: number } | { status: 'failed' } | { status: 'uncertain' };

export interface FailedAttempt {
  failure: Pick<ProviderFailure, 'retryable' | 'uncertain' | 'retryAfterMs'>;
  toolClass: ToolClass;
  triesLeft: number;
  /** Failures of this round so far, this one included. */
  failures: number;
  /** An earlier attempt may have had its effect. */
  wasUncertain: boolean;
}

/** What becomes of a delivery after an attempt that did not succeed. */
export function afterFailure(
  { failure, toolClass, triesLeft, failures, wasUncertain }: FailedAttempt,
  waits: BackoffOptions,
): Verdict {
  // Nobody can ask what became of a `once` tool, and sending it again might do it twice.
  const mayRepeat = !(toolClass === 'once' && failure.uncertain);
  if (failure.retryable && mayRepeat && triesLeft > 0) {
    const ownMs = backoffMs(failures, waits);
    const waitMs = Math.min(LONGEST_WAIT_MS, Math.max(ownMs, failure.retryAfterMs ?? 0));
    return { status: 'planned', waitMs };
  }
  return { status: failure.uncertain || wasUncertain ? 'uncertain' : 'failed' };
}
