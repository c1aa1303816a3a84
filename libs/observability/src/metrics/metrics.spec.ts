import { Registry } from 'prom-client';
import { HttpMetrics } from './http.metrics';
import { Metrics } from './metrics';
import { claimProcessMetrics, releaseProcessMetrics } from './process.metrics';

const lines = async (registry: Registry): Promise<string[]> =>
  (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));

describe('the metrics of a service', () => {
  let registry: Registry;
  let metrics: Metrics;

  beforeEach(() => {
    registry = new Registry();
    metrics = new Metrics('demo', registry);
  });

  it('are named after the service and kept apart from those of another in the same process', async () => {
    const other = new Registry();
    metrics.counter('things_total', 'Things.').inc();
    new Metrics('other', other).counter('things_total', 'Things.');
    expect(await lines(registry)).toEqual(['demo_things_total 1']);
    expect(await lines(other)).toEqual(['other_things_total 0']);
  });

  it('ask a source once for all its gauges, and not again for the next scrape a moment later', async () => {
    let asked = 0;
    metrics.sampled({ rows: 'Rows.', age_seconds: 'Age.' }, [], async () => {
      asked += 1;
      return (gauges) => {
        gauges.rows.set(3);
        gauges.age_seconds.set(7);
      };
    });
    await lines(registry);
    expect(await lines(registry)).toEqual(['demo_rows 3', 'demo_age_seconds 7']);
    expect(asked).toBe(1);
  });

  it('show nothing rather than something old when the source does not answer', async () => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick', 'setImmediate'] });
    try {
      let answers = true;
      metrics.sampled({ rows: 'Rows.' }, [], async () => {
        if (!answers) throw new Error('away');
        return (gauges) => {
          gauges.rows.set(3);
        };
      });
      expect(await lines(registry)).toEqual(['demo_rows 3']);
      answers = false;
      jest.advanceTimersByTime(1_500);
      expect(await lines(registry)).toEqual([]);
    } finally {
      jest.useRealTimers();
    }
  });

  it('are scraped although a source hangs', async () => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick', 'setImmediate'] });
    try {
      metrics.sampled({ rows: 'Rows.' }, [], () => new Promise(() => undefined));
      metrics.counter('things_total', 'Things.');
      const scraped = lines(registry);
      await jest.advanceTimersByTimeAsync(1_000);
      expect(await scraped).toEqual(['demo_things_total 0']);
    } finally {
      jest.useRealTimers();
    }
  });

  it('tell of the process in one service only, and of it in the next once that has gone', async () => {
    const [first, second] = [new Registry(), new Registry()];
    claimProcessMetrics(first);
    claimProcessMetrics(second);
    expect(await second.metrics()).toBe('\n');
    expect(await first.metrics()).toContain('process_cpu_seconds_total');
    releaseProcessMetrics(first);
    claimProcessMetrics(second);
    expect(await second.metrics()).toContain('process_cpu_seconds_total');
    releaseProcessMetrics(second);
  });

  it('count 400 and 422 as validation, 500 as unhandled, 504 as timeout, and nothing else', async () => {
    const http = new HttpMetrics(metrics);
    for (const status of [200, 400, 404, 422, 429, 500, 503, 504])
      http.record('GET', '/x', status, 1);
    const errors = (await lines(registry)).filter((line) => line.includes('http_errors'));
    expect(errors).toEqual([
      'demo_http_errors_total{type="validation"} 2',
      'demo_http_errors_total{type="unhandled"} 1',
      'demo_http_errors_total{type="timeout"} 1',
    ]);
  });

  it('have a bucket above the longest request there may be', async () => {
    new HttpMetrics(metrics).record('GET', '/x', 504, 20.4);
    const buckets = (await lines(registry)).filter((line) =>
      line.includes('duration_seconds_bucket'),
    );
    expect(buckets.find((line) => line.includes('le="25"'))).toMatch(/ 1$/);
    expect(buckets.find((line) => line.includes('le="20"'))).toMatch(/ 0$/);
  });

  it('count a stream, but not how long somebody read it', async () => {
    new HttpMetrics(metrics).record('GET', '/feed', 200, undefined);
    const all = await lines(registry);
    expect(all).toContain('demo_http_requests_total{method="GET",path="/feed",status="200"} 1');
    expect(all.join()).not.toContain('duration');
  });
});
