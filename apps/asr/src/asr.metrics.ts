import { Inject, Injectable } from '@nestjs/common';
import { Metrics } from '@parley/observability';
import type { Counter, Histogram } from 'prom-client';
import type { Decoded } from './decoding/decode-queue';

const LATENCY_SECONDS = [0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 20, 60];
const WRITE_SECONDS = [0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 10];
const RATIOS = [0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 4];

/** How long people wait for their words, and what the engine needs for them. */
@Injectable()
export class AsrMetrics {
  private readonly latency: Histogram;
  private readonly writing: Histogram;
  private readonly decodeSeconds: Histogram<'engine' | 'urgency'>;
  private readonly realTimeFactor: Histogram<'engine' | 'urgency'>;
  private readonly failures: Counter<'engine' | 'urgency'>;

  constructor(@Inject(Metrics) metrics: Metrics) {
    this.latency = metrics.histogram(
      'segment_latency_seconds',
      "Time from the arrival of an utterance's last word to its final segment being written.",
      [],
      LATENCY_SECONDS,
    );
    this.writing = metrics.histogram(
      'segment_write_duration_seconds',
      'Time it takes to write a final segment, its event and the checkpoint, once there is its text.',
      [],
      WRITE_SECONDS,
    );
    this.decodeSeconds = metrics.histogram(
      'decode_duration_seconds',
      'Time the speech engine took for one decode, without its wait in the queue.',
      ['engine', 'urgency'],
    );
    this.realTimeFactor = metrics.histogram(
      'decode_real_time_factor_ratio',
      'Decode time divided by the length of the audio; above 1 the engine cannot keep up.',
      ['engine', 'urgency'],
      RATIOS,
    );
    this.failures = metrics.counter('decode_failures_total', 'Decodes that failed.', [
      'engine',
      'urgency',
    ]);
  }

  segmentWritten(writingSeconds: number, secondsSinceSpeech: number | null): void {
    this.writing.observe(writingSeconds);
    if (secondsSinceSpeech !== null) this.latency.observe(secondsSinceSpeech);
  }

  decoded(engine: string, { urgency, audioSeconds, seconds, failed }: Decoded): void {
    if (failed) {
      this.failures.inc({ engine, urgency });
      return;
    }
    this.decodeSeconds.observe({ engine, urgency }, seconds);
    if (audioSeconds > 0) this.realTimeFactor.observe({ engine, urgency }, seconds / audioSeconds);
  }
}
