import { TimedOutError } from '@parley/resilience';

/** An attempt that did not succeed, with what is known about it. */
export class ProviderFailure extends Error {
  override readonly name = 'ProviderFailure';
  readonly retryable: boolean;
  /** True when the action may have happened all the same. */
  readonly uncertain: boolean;
  readonly status: number | undefined;
  /** What the provider asked us to wait. */
  readonly retryAfterMs: number | undefined;

  constructor(
    reason: string,
    facts: { retryable: boolean; uncertain: boolean; status?: number; retryAfterMs?: number },
    options?: ErrorOptions,
  ) {
    super(reason, options);
    this.retryable = facts.retryable;
    this.uncertain = facts.uncertain;
    this.status = facts.status;
    this.retryAfterMs = facts.retryAfterMs;
  }
}

/** A bug or a surprise in an adapter: nobody knows how far it got, so it counts as uncertain. */
export function toFailure(error: unknown): ProviderFailure {
  if (error instanceof ProviderFailure) return error;
  if (error instanceof TimedOutError) {
    return new ProviderFailure('no answer in time', { retryable: true, uncertain: true });
  }
  return new ProviderFailure(
    'the provider adapter failed unexpectedly',
    { retryable: false, uncertain: true },
    { cause: error },
  );
}

/** Nothing came of it, and nothing would if it were tried again. */
export function refusal(reason: string, options?: ErrorOptions): ProviderFailure {
  return new ProviderFailure(reason, { retryable: false, uncertain: false }, options);
}

/** What failed was on the way to the action, which itself was not sent. */
export function nothingSent(failure: ProviderFailure): ProviderFailure {
  const { retryable, status, retryAfterMs } = failure;
  return new ProviderFailure(
    failure.message,
    {
      retryable,
      uncertain: false,
      ...(status === undefined ? {} : { status }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    },
    { cause: failure },
  );
}
