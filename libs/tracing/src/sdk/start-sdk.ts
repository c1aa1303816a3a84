import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { IORedisInstrumentation } from '@opentelemetry/instrumentation-ioredis';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { core, NodeSDK, resources, tracing } from '@opentelemetry/sdk-node';
import type { ExportListener, RunningTracing, TracingSettings } from '../running-tracing';
import { AllowListProcessor } from './allow-list.processor';
import { traceFetch } from './fetch-spans';
import { httpInstrumentation } from './http-instrumentation';
import { WatchedExporter } from './watched.exporter';

const EXPORT_LIMIT_MS = 5_000;
const BATCH = {
  maxQueueSize: 4_096,
  maxExportBatchSize: 512,
  scheduledDelayMillis: 1_000,
  exportTimeoutMillis: EXPORT_LIMIT_MS,
};

/** Loads and starts the SDK; spans beyond what fits the queue are dropped, nothing waits for them. */
export function startSdk(
  serviceName: string,
  endpoint: string,
  settings: TracingSettings,
): RunningTracing {
  let listener: ExportListener = () => undefined;
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/$/, '')}/v1/traces`,
    headers: headersOf(settings.OTEL_EXPORTER_OTLP_HEADERS ?? ''),
    timeoutMillis: EXPORT_LIMIT_MS,
  });
  const watched = new WatchedExporter(exporter, (failure) => {
    listener(failure);
  });
  const batches = new tracing.BatchSpanProcessor(watched, BATCH);
  const sdk = new NodeSDK({
    // Nothing is detected: a command line or a user name is nobody's business.
    resource: resources.resourceFromAttributes({ 'service.name': serviceName }),
    autoDetectResources: false,
    sampler: new tracing.ParentBasedSampler({
      root: new tracing.TraceIdRatioBasedSampler(settings.OTEL_TRACES_SAMPLER_ARG),
    }),
    spanProcessors: [new AllowListProcessor(batches)],
    metricReaders: [],
    logRecordProcessors: [],
    // Trace context only: baggage could carry anything.
    textMapPropagator: new core.W3CTraceContextPropagator(),
    instrumentations: [
      httpInstrumentation(),
      new PgInstrumentation({ requireParentSpan: true, ignoreConnectSpans: true }),
      new IORedisInstrumentation({ requireParentSpan: true }),
    ],
  });
  sdk.start();
  traceFetch();
  return {
    flush: () => batches.forceFlush(),
    listen: (wanted) => {
      listener = wanted;
    },
  };
}

/** `name=value,name=value`, as OpenTelemetry has it. */
function headersOf(text: string): Record<string, string> {
  const pairs = text.split(',').map((pair) => pair.split('=', 2).map((part) => part.trim()));
  return Object.fromEntries(
    pairs.flatMap(([name, value]) => (name && value ? [[name, decodeURIComponent(value)]] : [])),
  );
}
