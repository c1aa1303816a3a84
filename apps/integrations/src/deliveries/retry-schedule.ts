import type { ToolClass } from '../providers/tool';
import type { ProviderFailure } from '../providers/provider-failure';

/** A provider cannot make a delivery wait longer than this. */
const MAX_WAIT_MS = 3_600_000;

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
  waits: { baseMs: number; random: () => number },
): Verdict {
  // Nobody can ask what became of a `once` tool, and sending it again might do it twice.
  const mayRepeat = !(toolClass === 'once' && failure.uncertain);
  if (failure.retryable && mayRepeat && triesLeft > 0) {
    const ownMs = backoffMs(failures, waits);
    const waitMs = Math.min(MAX_WAIT_MS, Math.max(ownMs, failure.retryAfterMs ?? 0));
    return { status: 'planned', waitMs };
  }
  return { status: failure.uncertain || wasUncertain ? 'uncertain' : 'failed' };
}

/** Exponential with jitter: between half of `base * 2^(n-1)` and all of it, `n` failures in. */
export function backoffMs(
  failures: number,
  { baseMs, random }: { baseMs: number; random: () => number },
): number {
  const fullMs = Math.min(MAX_WAIT_MS, baseMs * 2 ** (failures - 1));
  return Math.round(fullMs * (0.5 + random() / 2));
}
