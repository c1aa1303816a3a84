import type { Metrics } from '@parley/observability';
import type { Counter, Gauge, Histogram } from 'prom-client';

/** Past the longest time a model has for an answer. */
const MODEL_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 90];

/** What a service asks of models: `<service>_model_*`. Engines are named by the settings, so they are few. */
export class ModelMetrics {
  private readonly requests: Counter<'engine' | 'outcome'>;
  private readonly seconds: Histogram<'engine'>;
  private readonly tokens: Counter<'engine' | 'direction'>;
  private readonly fallbacks: Counter<'engine' | 'reason'>;
  private readonly resting: Gauge<'engine' | 'who'>;

  constructor(metrics: Metrics) {
    this.requests = metrics.counter(
      'model_requests_total',
      'Requests to a model: ok, given-up by who asked, or the reason why they failed.',
      ['engine', 'outcome'],
    );
    this.seconds = metrics.histogram(
      'model_request_duration_seconds',
      'Time until a model answered or failed, its retries included.',
      ['engine'],
      MODEL_SECONDS,
    );
    this.tokens = metrics.counter(
      'model_tokens_total',
      'Tokens that the endpoint says it read (input) and wrote (output).',
      ['engine', 'direction'],
    );
    this.fallbacks = metrics.counter(
      'model_fallbacks_total',
      'Times the lesser way was taken because a model failed; what came of it says degraded.',
      ['engine', 'reason'],
    );
    this.resting = metrics.gauge(
      'model_endpoint_resting',
      'Whether an endpoint that failed is left alone: by everybody, or by the impatient alone, for whom it is too slow.',
      ['engine', 'who'],
    );
  }

  asked(engine: string, outcome: string, seconds: number): void {
    this.requests.inc({ engine, outcome });
    this.seconds.observe({ engine }, seconds);
  }

  used(engine: string, tokens: { input: number; output: number }): void {
    this.tokens.inc({ engine, direction: 'input' }, tokens.input);
    this.tokens.inc({ engine, direction: 'output' }, tokens.output);
  }

  fellBack(engine: string, reason: string): void {
    this.fallbacks.inc({ engine, reason });
  }

  rests(engine: string, who: string, isResting: boolean): void {
    this.resting.set({ engine, who }, isResting ? 1 : 0);
  }
}

const ofService = new WeakMap<Metrics, ModelMetrics>();

/** One for each service, however many of its modules use models. */
export function modelMetricsOf(metrics: Metrics): ModelMetrics {
  const known = ofService.get(metrics) ?? new ModelMetrics(metrics);
  ofService.set(metrics, known);
  return known;
}
