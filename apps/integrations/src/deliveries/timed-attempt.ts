import type { DeliveryAttempt } from '@parley/contracts';
import { BreakerOpenError, type Call, type Policy } from '@parley/resilience';
import type { SendReceipt } from '../providers/provider';
import { toFailure, type ProviderFailure } from '../providers/provider-failure';

export type AttemptResult<T> =
  | { ok: true; value: T; attempt: DeliveryAttempt }
  | { ok: false; failure: ProviderFailure; attempt: DeliveryAttempt };

/**
 * Makes one call as `policy` lets it and what is left of `total`, and notes how it went.
 * @throws BreakerOpenError when nothing was called
 */
export async function timedAttempt<T extends SendReceipt | null>(
  policy: Policy,
  total: AbortSignal,
  call: Call<T>,
): Promise<AttemptResult<T>> {
  const at = new Date().toISOString();
  const startedAt = performance.now();
  const elapsed = (): number => Math.round(performance.now() - startedAt);
  try {
    const value = await policy.execute(call, total);
    const status = value?.status;
    const attempt = { at, outcome: 'succeeded' as const, ms: elapsed() };
    return {
      ok: true,
      value,
      attempt: { ...attempt, ...(status === undefined ? {} : { status }) },
    };
  } catch (error) {
    if (error instanceof BreakerOpenError) throw error;
    const failure = toFailure(error);
    const outcome = failure.uncertain ? 'uncertain' : 'failed';
    const { status, message: reason } = failure;
    const attempt = { at, outcome, ms: elapsed(), reason } as const;
    return {
      ok: false,
      failure,
      attempt: { ...attempt, ...(status === undefined ? {} : { status }) },
    };
  }
}
