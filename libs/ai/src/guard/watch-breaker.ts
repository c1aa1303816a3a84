import { logEvent } from '@parley/observability';
import type { EndpointBreaker } from '@parley/resilience';
import type { ModelMetrics } from '../measure/model.metrics';

/** Whom a breaker holds back: all, or those alone for whom the endpoint is too slow. */
export type HeldBack = 'everybody' | 'impatient';

interface Watch {
  engine: string;
  who: HeldBack;
  metrics: Pick<ModelMetrics, 'rests'>;
}

/** Tells the operator when the endpoint of a model is left alone, and when it is trusted again. */
export function watchBreaker(breaker: EndpointBreaker, { engine, who, metrics }: Watch): void {
  metrics.rests(engine, who, false);
  breaker.on('rests', (restMs) => {
    metrics.rests(engine, who, true);
    const reason = who === 'everybody' ? 'failed' : 'too-slow';
    logEvent('model.rests', { engine, reason, waitMs: restMs });
  });
  breaker.on('trusted', () => {
    metrics.rests(engine, who, false);
    logEvent('model.trusted', { engine });
  });
}
