import { serviceSettings, type loadSettings } from '@parley/config';

/** Is told why the collector takes no spans, or null when it does again. */
export type ExportListener = (failure: Error | null) => void;

/** The SDK at work. */
export interface RunningTracing {
  /** Sends what is finished. */
  flush(): Promise<void>;
  listen(listener: ExportListener): void;
}

export const tracingSettings = serviceSettings.pick({
  OTEL_EXPORTER_OTLP_ENDPOINT: true,
  OTEL_EXPORTER_OTLP_HEADERS: true,
  OTEL_TRACES_SAMPLER_ARG: true,
});
export type TracingSettings = ReturnType<typeof loadSettings<typeof tracingSettings>>;
