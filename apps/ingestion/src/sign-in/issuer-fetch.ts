import { systemClock } from '@parley/contracts';
import {
  AnswerTooLongError,
  Breaker,
  compose,
  readAtMost,
  Retry,
  Timeout,
  type Policy,
} from '@parley/resilience';

/** A discovery document, the provider's keys, tokens or what it knows of a person: far more than any of them needs. */
const MOST_BYTES = 1_048_576;
const LIMIT_MS = 5_000;

/** The provider cannot be reached, takes too long, fails, or says more than anybody reads. */
export class IssuerAwayError extends Error {
  override readonly name = 'IssuerAwayError';
}

interface IssuerRequest {
  method: string;
  headers: Record<string, string>;
  body?: FetchBody;
  redirect: 'manual';
  signal?: AbortSignal;
}
export type FetchBody =
  ArrayBuffer | null | ReadableStream | string | Uint8Array | undefined | URLSearchParams;
export type IssuerFetch = (url: string, request: IssuerRequest) => Promise<Response>;

/**
 * A `fetch` for one provider: each call ends in time, no redirect is followed, no more than 1 MiB of an answer is read,
 * reading is tried twice, and what keeps failing is left alone for half a minute.
 * @throws IssuerAwayError, TimedOutError, BreakerOpenError
 */
export function issuerFetch({ limitMs = LIMIT_MS, clock = systemClock } = {}): IssuerFetch {
  const breaker = new Breaker({
    maxFailures: 5,
    windowMs: 30_000,
    isFailure: () => true,
    clock,
  });
  const once = compose(breaker, new Timeout({ limitMs }));
  const twice = compose(
    new Retry({
      maxAttempts: 2,
      baseMs: 100,
      longestWaitMs: 1_000,
      random: Math.random,
      retryAfterMs: (error) => (error instanceof IssuerAwayError ? 0 : null),
    }),
    once,
  );
  return (url, { signal = new AbortController().signal, ...request }) => {
    const policy: Policy = request.method === 'GET' ? twice : once;
    return policy.execute((within) => ask(url, request, within), signal);
  };
}

async function ask(
  url: string,
  request: Omit<IssuerRequest, 'signal'>,
  signal: AbortSignal,
): Promise<Response> {
  try {
    const response = await fetch(url, { ...request, signal } as RequestInit);
    const body = await readAtMost(response, MOST_BYTES);
    const { status, statusText, headers } = response;
    if (status >= 500 || status === 429) throw new IssuerAwayError(`it answers ${status}`);
    return new Response(body.byteLength === 0 ? null : body, { status, statusText, headers });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof IssuerAwayError) throw error;
    const why =
      error instanceof AnswerTooLongError
        ? 'it says more than anybody reads'
        : 'it cannot be reached';
    throw new IssuerAwayError(why, { cause: error });
  }
}
