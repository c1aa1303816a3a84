import type { ServiceSettings } from '@parley/config';
import type OpenAI from 'openai';
import { ModelFailedError } from './model-failed.error';

/** What of the settings says where the OpenAI-compatible endpoint is. */
export type OpenAiSettings = Pick<ServiceSettings, 'OPENAI_API_KEY' | 'OPENAI_BASE_URL'>;

/** 12 MB and 75 ms that a system without an endpoint does not pay. */
function loadSdk() {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('openai') as typeof import('openai');
}

/** Makes a client that takes nothing from the environment by itself and logs nothing. */
export function openAiClient(
  settings: OpenAiSettings,
  { timeoutMs, maxRetries = 1 }: { timeoutMs: number; maxRetries?: number },
): OpenAI {
  const { OpenAI } = loadSdk();
  return new OpenAI({
    // Local servers want none, the SDK insists on one.
    apiKey: settings.OPENAI_API_KEY ?? 'none',
    baseURL: settings.OPENAI_BASE_URL ?? 'https://api.openai.com/v1',
    organization: null,
    project: null,
    timeout: timeoutMs,
    maxRetries,
    logLevel: 'off',
  });
}

/**
 * Runs one call of the SDK within `timeoutMs`, its retries included.
 * @throws ModelFailedError whatever went wrong there; the reason of `signal` when the caller gave up.
 */
export async function callModel<T>(
  engine: string,
  call: (signal: AbortSignal) => Promise<T>,
  { signal, timeoutMs }: { signal?: AbortSignal | undefined; timeoutMs: number },
): Promise<T> {
  signal?.throwIfAborted();
  const limit = AbortSignal.timeout(timeoutMs);
  const stop = signal ? AbortSignal.any([signal, limit]) : limit;
  try {
    // The SDK sits out a Retry-After whatever its signal says.
    return await Promise.race([call(stop), abortOf(stop)]);
  } catch (error) {
    signal?.throwIfAborted();
    throw toModelFailed(engine, error, limit.aborted, timeoutMs);
  }
}

/** Rejects when the signal fires. */
function abortOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });
}

/** What the SDK threw, as a failure that quotes nothing. */
export function toModelFailed(
  engine: string,
  error: unknown,
  timedOut: boolean,
  timeoutMs: number,
): ModelFailedError {
  if (error instanceof ModelFailedError) return error;
  const { APIConnectionError, APIConnectionTimeoutError, APIError } = loadSdk();
  if (timedOut || error instanceof APIConnectionTimeoutError) {
    return new ModelFailedError(engine, 'timeout', `no answer within ${timeoutMs} ms`);
  }
  if (error instanceof APIConnectionError) {
    return new ModelFailedError(engine, 'unreachable', 'the endpoint cannot be reached');
  }
  if (error instanceof APIError) {
    // Not `error.message`: some servers quote the prompt in it.
    const status = error.status as number | undefined;
    return new ModelFailedError(engine, 'refused', `the endpoint answered ${String(status)}`, {
      status,
    });
  }
  return new ModelFailedError(engine, 'out-of-shape', 'the answer cannot be read');
}
