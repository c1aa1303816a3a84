import { createRequire } from 'node:module';
import { loadSettings } from '@parley/config';
import {
  tracingSettings,
  type ExportListener,
  type RunningTracing,
  type TracingSettings,
} from './running-tracing';

// One SDK for the process, as OpenTelemetry has it: spans say themselves which service they belong to.
let running: RunningTracing | null = null;

/**
 * Starts OpenTelemetry when OTEL_EXPORTER_OTLP_ENDPOINT is set; otherwise nothing of it is loaded. What it
 * traces must be loaded after this: it is the first import of every `main.ts`.
 */
export function startTracing(serviceName: string): void {
  if (running) return;
  let settings: TracingSettings;
  try {
    settings = loadSettings(tracingSettings);
  } catch {
    // The service's own start tells of bad settings, all of them at once.
    return;
  }
  if (settings.OTEL_EXPORTER_OTLP_ENDPOINT === undefined) return;
  const { startSdk } = createRequire(__filename)(
    './sdk/start-sdk',
  ) as typeof import('./sdk/start-sdk');
  running = startSdk(serviceName, settings.OTEL_EXPORTER_OTLP_ENDPOINT, settings);
}

/** Whether spans are made in this process. */
export function isTracing(): boolean {
  return running !== null;
}

/** Is told when the collector stops or begins again to take spans; the last one said counts, for all services. */
export function onTraceExport(listener: ExportListener): void {
  running?.listen(listener);
}

/** Sends what is finished, within `limitMs`: a collector that is away does not hold a shutdown up. */
export async function flushTraces(limitMs = 2_000): Promise<void> {
  if (!running) return;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs);
  });
  await Promise.race([running.flush().catch(() => undefined), late]);
  clearTimeout(timer);
}
