import { context as active, ROOT_CONTEXT, trace, type Context } from '@opentelemetry/api';
import { SERVICE_KEY } from '@parley/tracing';
import { toSpanContext } from './traceparent';

/** Runs `work` where OpenTelemetry's idea of the current span is the one that `traceparent` names. */
export function followTrace<T>(service: string, traceparent: string, work: () => T): T {
  const wanted = toSpanContext(traceparent);
  const span = trace.getActiveSpan();
  let context: Context = active.active();
  if (wanted?.spanId === span?.spanContext().spanId) span?.setAttribute('parley.service', service);
  else context = wanted ? trace.setSpanContext(ROOT_CONTEXT, wanted) : ROOT_CONTEXT;
  return active.with(context.setValue(SERVICE_KEY, service), work);
}
