import { core, type tracing } from '@opentelemetry/sdk-node';
import type { ExportListener } from '../running-tracing';

/** Tells once that the collector takes no spans, and once that it does again. */
export class WatchedExporter implements tracing.SpanExporter {
  private failing = false;

  constructor(
    private readonly exporter: tracing.SpanExporter,
    private readonly changed: ExportListener,
  ) {}

  export(spans: tracing.ReadableSpan[], done: (result: core.ExportResult) => void): void {
    this.exporter.export(spans, (result) => {
      const failed = result.code === core.ExportResultCode.FAILED;
      if (failed !== this.failing) this.changed(failed ? (result.error ?? new Error()) : null);
      this.failing = failed;
      done(result);
    });
  }

  shutdown(): Promise<void> {
    return this.exporter.shutdown();
  }
}
