/** Why a model gave nothing usable. */
export type ModelFailure =
  'unreachable' | 'refused' | 'timeout' | 'out-of-shape' | 'busy' | 'closed' | 'budget-spent';

/** A model could not be used; callers go their degraded way and say so. Carries no text that was sent or received. */
export class ModelFailedError extends Error {
  override readonly name = 'ModelFailedError';

  constructor(
    /** Name of the engine that failed. */
    readonly engine: string,
    readonly reason: ModelFailure,
    detail: string,
    options?: ErrorOptions,
  ) {
    super(`${engine}: ${detail}`, options);
  }
}

/** Tells whether `error` says that a model could not be used. */
export function isModelFailed(error: unknown): error is ModelFailedError {
  return error instanceof ModelFailedError;
}
