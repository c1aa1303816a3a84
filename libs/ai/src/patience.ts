import { isModelFailed, ModelFailedError } from './text/model-failed.error';

/** How long somebody waits for a model. */
export interface Waiting {
  /** Fires when nobody waits any more, which says nothing of the model. */
  signal?: AbortSignal | undefined;
  /** An answer that takes longer is of no use: the model has failed with `timeout`. Default: as long as the engine waits itself. */
  patienceMs?: number | undefined;
}

/**
 * Makes a call that obeys its signal, for as long as there is patience for it.
 * @throws ModelFailedError `timeout` once there is none; else what `call` throws.
 */
export async function withPatience<T>(
  engine: string,
  { signal, patienceMs }: Waiting,
  call: (signal: AbortSignal | undefined) => Promise<T>,
): Promise<T> {
  if (patienceMs === undefined) return call(signal);
  const limit = AbortSignal.timeout(patienceMs);
  try {
    return await call(signal ? AbortSignal.any([signal, limit]) : limit);
  } catch (error) {
    if (!limit.aborted || signal?.aborted || isModelFailed(error)) throw error;
    throw new ModelFailedError(engine, 'timeout', `no answer within ${patienceMs} ms`, {
      cause: error,
    });
  }
}
