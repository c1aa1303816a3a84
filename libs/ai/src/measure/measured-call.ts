import { isModelFailed, type ModelFailure } from '../text/model-failed.error';
import type { ModelMetrics } from './model.metrics';

/** How an engine fares, by its last answer: asking a model only to know whether it lives would cost. */
export class EngineState {
  /** Why the last request failed; undefined when it did not. */
  lastFailure: ModelFailure | undefined;
}

/** Makes one request to `engine`, counts it and notes how it ended. */
export async function measuredCall<T>(
  engine: string,
  { metrics, state }: { metrics: ModelMetrics; state: EngineState },
  call: () => Promise<T>,
): Promise<T> {
  const startedAt = performance.now();
  const told = (outcome: string): void => {
    metrics.asked(engine, outcome, (performance.now() - startedAt) / 1_000);
  };
  try {
    const answer = await call();
    state.lastFailure = undefined;
    told('ok');
    return answer;
  } catch (error) {
    if (isModelFailed(error)) {
      state.lastFailure = error.reason;
      told(error.reason);
    } else {
      told('given-up');
    }
    throw error;
  }
}
