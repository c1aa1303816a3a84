import { Counter, Histogram, type Registry } from 'prom-client';

/** Requests and their durations by route template; unknown paths are one value. */
export class HttpMetrics {
  private readonly requests: Counter<'method' | 'path' | 'status'>;
  private readonly duration: Histogram<'method' | 'path'>;

  constructor(service: string, registry: Registry) {
    this.requests = new Counter({
      name: `${service}_http_requests_total`,
      help: 'HTTP requests answered.',
      labelNames: ['method', 'path', 'status'],
      registers: [registry],
    });
    this.duration = new Histogram({
      name: `${service}_http_request_duration_seconds`,
      help: 'Time from the request to the end of its answer.',
      labelNames: ['method', 'path'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers: [registry],
    });
  }

  record(method: string, path: string, status: number, seconds: number): void {
    this.requests.inc({ method, path, status });
    this.duration.observe({ method, path }, seconds);
  }
}
