import { Inject, Injectable } from '@nestjs/common';
import { Metrics } from '@parley/observability';
import type { Counter, Histogram } from 'prom-client';

/** Past the longest time an upload may take. */
const INDEX_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60];

/** What indexing documents costs. */
@Injectable()
export class IndexMetrics {
  private readonly seconds: Histogram;
  private readonly chunks: Counter;

  constructor(@Inject(Metrics) metrics: Metrics) {
    this.seconds = metrics.histogram(
      'index_duration_seconds',
      'Time to read, cut, embed and store one document.',
      [],
      INDEX_SECONDS,
    );
    this.chunks = metrics.counter('indexed_chunks_total', 'Chunks of documents indexed.');
  }

  indexed(seconds: number, chunks: number): void {
    this.seconds.observe(seconds);
    this.chunks.inc(chunks);
  }
}
