/** Why a model gave nothing usable. */
export type ModelFailure =
  | 'unreachable'
  | 'refused'
  | 'timeout'
  | 'out-of-shape'
  | 'busy'
  /** Not asked: its endpoint failed a moment ago and is left alone. */
  | 'resting'
  | 'closed'
  | 'budget-spent';

/** A model could not be used; callers go their degraded way and say so. Carries no text that was sent or received. */
export class ModelFailedError extends Error {
  override readonly name = 'ModelFailedError';
  /** HTTP status of what `refused`, where it has one. */
  readonly status: number | undefined;

  constructor(
    /** Name of the engine that failed. */
    readonly engine: string,
    readonly reason: ModelFailure,
    detail: string,
    { status, ...options }: ErrorOptions & { status?: number | undefined } = {},
  ) {
    super(`${engine}: ${detail}`, options);
    this.status = status;
  }
}

/** Tells whether `error` says that a model could not be used. */
export function isModelFailed(error: unknown): error is ModelFailedError {
  return error instanceof ModelFailedError;
}
