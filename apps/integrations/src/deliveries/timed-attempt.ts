import type { DeliveryAttempt } from '@parley/contracts';
import type { SendReceipt } from '../providers/provider';
import { ProviderFailure, toFailure } from '../providers/provider-failure';

export type AttemptResult<T> =
  | { ok: true; value: T; attempt: DeliveryAttempt }
  | { ok: false; failure: ProviderFailure; attempt: DeliveryAttempt };

/** How long an adapter may take to obey its signal before it is left behind. */
const GRACE_MS = 1_000;

/** Makes one call within `limitMs` and what is left of `total`, and notes how it went. Never throws. */
export async function timedAttempt<T extends SendReceipt | null>(
  limitMs: number,
  total: AbortSignal,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<AttemptResult<T>> {
  const at = new Date().toISOString();
  const startedAt = performance.now();
  const elapsed = (): number => Math.round(performance.now() - startedAt);
  try {
    const value = await obeying(limitMs, total, call);
    const status = value?.status;
    const attempt = { at, outcome: 'succeeded' as const, ms: elapsed() };
    return {
      ok: true,
      value,
      attempt: { ...attempt, ...(status === undefined ? {} : { status }) },
    };
  } catch (error) {
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

async function obeying<T>(
  limitMs: number,
  total: AbortSignal,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const signal = AbortSignal.any([total, AbortSignal.timeout(limitMs)]);
  let timer: NodeJS.Timeout | undefined;
  const leftBehind = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new ProviderFailure('no answer in time', { retryable: true, uncertain: true }));
    }, limitMs + GRACE_MS);
  });
  try {
    return await Promise.race([call(signal), leftBehind]);
  } finally {
    clearTimeout(timer);
  }
}
