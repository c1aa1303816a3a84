import type { Policy } from './policy';

/** Policies as one, the outermost first: `compose(budget, retry, breaker, timeout)` retries within the budget. */
export function compose(...policies: readonly Policy[]): Policy {
  return {
    execute: (call, signal) =>
      policies.reduceRight(
        (inner, policy) => (outer: AbortSignal) => policy.execute(inner, outer),
        call,
      )(signal),
  };
}
