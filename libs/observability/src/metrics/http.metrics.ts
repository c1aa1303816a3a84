import type { Counter, Histogram } from 'prom-client';
import type { Metrics } from './metrics';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
/** Past the longest time a request may take (20 s), so that what was cut is told from what was slow. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 20, 25, 30];

const ERROR_TYPES = ['validation', 'unhandled', 'timeout'] as const;
type ErrorType = (typeof ERROR_TYPES)[number];

/** Which of our answers count as errors of the three kinds that operators watch. */
const TYPE_BY_STATUS: Partial<Record<number, ErrorType>> = {
  400: 'validation',
  422: 'validation',
  500: 'unhandled',
  504: 'timeout',
};

/**
 * Requests, their durations and errors, by route template. Whatever clients send, the number of series is
 * bounded: an unknown path is one value, an unknown method another.
 */
export class HttpMetrics {
  private readonly requests: Counter<'method' | 'path' | 'status'>;
  private readonly duration: Histogram<'method' | 'path'>;
  private readonly errors: Counter<'type'>;

  constructor(metrics: Metrics) {
    this.requests = metrics.counter('http_requests_total', 'HTTP requests answered.', [
      'method',
      'path',
      'status',
    ]);
    this.duration = metrics.histogram(
      'http_request_duration_seconds',
      'Time from the request to the end of its answer; streams are left out.',
      ['method', 'path'],
      BUCKETS,
    );
    this.errors = metrics.counter(
      'http_errors_total',
      'Answers 400 or 422 (validation), 500 (unhandled) and 504 (timeout).',
      ['type'],
    );
    for (const type of ERROR_TYPES) this.errors.inc({ type }, 0);
  }

  /**
   * @param path the route's template, `unmatched` where there is none
   * @param seconds undefined for a stream, which lasts as long as its reader wants
   */
  record(method: string, path: string, status: number, seconds: number | undefined): void {
    const known = METHODS.has(method) ? method : 'other';
    this.requests.inc({ method: known, path, status });
    if (seconds !== undefined) this.duration.observe({ method: known, path }, seconds);
    const type = TYPE_BY_STATUS[status];
    if (type) this.errors.inc({ type });
  }
}
