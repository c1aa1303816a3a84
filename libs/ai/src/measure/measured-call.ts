import { isModelFailed, type ModelFailure } from '../text/model-failed.error';
import type { ModelMetrics } from './model.metrics';

/** How an engine fares, by its last answer: asking a model only to know whether it lives would cost. */
export class EngineState {
  /** Why the last request failed; undefined when it did not. */
  lastFailure: ModelFailure | undefined;
}

interface Measure {
  metrics: ModelMetrics;
  state: EngineState;
}

/** Makes one request to `engine`, counts it and notes how it ended. */
export async function measuredCall<T>(
  engine: string,
  measure: Measure,
  call: () => Promise<T>,
): Promise<T> {
  const ended = begin(engine, measure);
  try {
    const answer = await call();
    ended();
    return answer;
  } catch (error) {
    ended(error);
    throw error;
  }
}

/** The same for an answer that comes in pieces; it counts until the last one. */
export async function* measuredStream<T>(
  engine: string,
  measure: Measure,
  pieces: AsyncIterable<T>,
): AsyncIterable<T> {
  const ended = begin(engine, measure);
  // A reader who stops early ends the generator here, without an error.
  let outcome: unknown = new Error('the reader stopped');
  try {
    yield* pieces;
    outcome = undefined;
  } catch (error) {
    outcome = error;
    throw error;
  } finally {
    ended(outcome);
  }
}

/** @returns what to call at the end, with the error if there was one. */
function begin(engine: string, { metrics, state }: Measure): (error?: unknown) => void {
  const startedAt = performance.now();
  return (error) => {
    const failure = isModelFailed(error) ? error.reason : undefined;
    if (error === undefined || failure) state.lastFailure = failure;
    const outcome = error === undefined ? 'ok' : (failure ?? 'given-up');
    metrics.asked(engine, outcome, (performance.now() - startedAt) / 1_000);
  };
}
